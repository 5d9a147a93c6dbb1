// The JavaScript in a side module (EM_JS, EM_ASM) expects to run in Emscripten's scope.
Module['evaluate'] = (code) => eval(code);
