#include "../host.hpp"

#include <emscripten/em_js.h>

// Placeholder bodies: the worker replaces them.
// clang-format off
EM_JS(void, asyncio_host_prepare_thread, (), { throw new Error("no program host to make threads"); });
EM_JS(bool, asyncio_host_futex_wait, (volatile void* address, unsigned value, double milliseconds), { throw new Error("no program host to wait in"); });

/// Emscripten's JavaScript needs it for document events. A worker has none.
extern "C" void _emscripten_run_callback_on_thread() { __builtin_trap(); }
