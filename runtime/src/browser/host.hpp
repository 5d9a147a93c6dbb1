#pragma once

/// The JavaScript functions that the browser backend imports. In the page the program worker replaces these
/// imports (web/program); in Node the bodies in host.cpp are used.
extern "C" {

/// Whether asyncio_host_wait() can block its caller.
bool asyncio_host_can_block();

/// Yields to JavaScript's event loop for at least one of its turns, and for `seconds` or until
/// asyncio_host_wake(). Infinity waits for the wake only.
void asyncio_host_wait(double seconds);

void asyncio_host_wake();

/// Does not return: abandons the stack without unwinding it, and has JavaScript call asyncio_host_pump() from
/// now on.
void asyncio_host_detach();

/// Seconds on the program's clock (same as emscripten_get_now()), for observers.
double asyncio_host_peek_time();
/// Seconds of real time.
double asyncio_host_real_time();

/// Waits until the page requests the next turn of the loop.
void asyncio_host_pause();

/// Records of task events, and the texts that they refer to (runtime/src/trace/record.hpp).
void asyncio_host_trace(const void* records, int bytes, const char* texts, int text_bytes);
/// The await graph, as JSON.
void asyncio_host_await_graph(const char* json);

/// The number of threads that were started and have not ended. Only a main module with threads has it
/// (web/program/main-module/threads).
int asyncio_host_running_threads();
}
