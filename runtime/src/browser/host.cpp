#include "host.hpp"

#include <emscripten/em_js.h>

// Node has no event loop to yield to in the middle of a call, but it may block its thread.
// clang-format off

EM_JS(bool, asyncio_host_can_block, (), { return typeof process == "object"; });

EM_JS(void, asyncio_host_wait, (double seconds), {
    if (seconds === Infinity) throw new Error("in Node.js nothing wakes a wait without a timeout");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
});

EM_JS(void, asyncio_host_wake, (), {});

EM_JS(double, asyncio_host_peek_time, (), { return performance.now() / 1000; });

EM_JS(double, asyncio_host_real_time, (), { return performance.now() / 1000; });

EM_JS(void, asyncio_host_pause, (), { throw new Error("there is no page to wait for"); });

EM_JS(void, asyncio_host_trace, (const void* records, int bytes, const char* texts, int text_bytes), {
    throw new Error("there is no page to trace for");
});

// The await graph is also sent on a deadlock; here nothing receives it.
EM_JS(void, asyncio_host_await_graph, (const char* json), {});

EM_JS(void, asyncio_host_detach, (), { throw new Error("asyncio::run() that cannot block needs a program worker"); });
