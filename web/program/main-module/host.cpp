#include "host.hpp"

#include <emscripten/em_js.h>

// Placeholder bodies: the worker replaces them.
// clang-format off
EM_JS(void, asyncio_host_crash, (const char* message), { throw new Error("no program host: " + UTF8ToString(message)); });
EM_JS(void, asyncio_host_sleep, (double seconds), { throw new Error("no program host to sleep in"); });
EM_JS(int, asyncio_host_poll, (pollfd* files, int count, int milliseconds), { throw new Error("no program host to wait in"); });
EM_JS(bool, asyncio_host_has_stack, (), { return true; });
