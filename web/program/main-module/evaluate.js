// The JavaScript in a side module (EM_JS, EM_ASM) means to run in the scope of Emscripten's own.
Module['evaluate'] = (code) => eval(code);
