#pragma once

/// The services of the program worker for the main module: it replaces these imports when it instantiates the module
/// (web/program/worker/host-imports.ts).
struct pollfd;

extern "C" {

/// Records why the program is about to abort.
void asyncio_host_crash(const char* message);

/// Whether a wait can suspend its caller; the runtime checks this too.
bool asyncio_host_can_block();

/// Suspends its caller for this long while JavaScript's event loop runs.
void asyncio_host_sleep(double seconds);

/// poll(), while JavaScript's event loop runs: returns how many are ready, or the negative error number.
int asyncio_host_poll(pollfd* files, int count, int milliseconds);

/// Whether the engine's stack has room for another JavaScript call. Infinite recursion leaves none.
bool asyncio_host_has_stack();

// With threads, only on the first thread and where asyncio_host_can_block():

/// Waits until a worker is ready for the next thread. A worker starts up only while this thread waits.
void asyncio_host_prepare_thread();

/// Waits while the futex has this value, until woken or timed out: true on timeout. JavaScript's event loop runs
/// meanwhile.
bool asyncio_host_futex_wait(volatile void* address, unsigned value, double milliseconds);
}
