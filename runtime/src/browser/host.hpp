#pragma once

/// What the browser backend asks of the JavaScript around it. In the page the program worker
/// replaces these imports (web/program); in Node the bodies in host.cpp serve.
extern "C" {

/// Whether asyncio_host_wait() can hold up its caller.
bool asyncio_host_can_block();

/// Gives control to JavaScript's own event loop for at least one of its turns, and for `seconds` or
/// until asyncio_host_wake(). Infinity waits for the wake only.
void asyncio_host_wait(double seconds);

void asyncio_host_wake();

/// Does not return: leaves the stack without unwinding it, and has JavaScript call
/// asyncio_host_pump() from now on.
void asyncio_host_detach();

/// Seconds on the clock that the program sees (emscripten_get_now() is the same), for who only looks on.
double asyncio_host_peek_time();
/// Seconds that really pass.
double asyncio_host_real_time();

/// Waits until the page wants the next turn of the loop.
void asyncio_host_pause();

/// Records of what tasks do, and the texts they name (runtime/src/trace/record.hpp).
void asyncio_host_trace(const void* records, int bytes, const char* texts, int text_bytes);
/// The await graph, as JSON.
void asyncio_host_await_graph(const char* json);

/// How many threads were started and have not ended. Only a main module with threads has it
/// (web/program/main-module/threads).
int asyncio_host_running_threads();
}
