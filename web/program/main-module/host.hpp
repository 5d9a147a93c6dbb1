#pragma once

/// What the program worker does for the main module: it replaces these imports when it instantiates
/// the module (web/program/worker/host-imports.ts).
struct pollfd;

extern "C" {

/// Records why the program is about to abort.
void asyncio_host_crash(const char* message);

/// Whether a wait can hold up its caller, as the runtime asks too.
bool asyncio_host_can_block();

/// Holds up its caller for so long while JavaScript's event loop goes on.
void asyncio_host_sleep(double seconds);

/// poll(), while JavaScript's event loop goes on: gives how many are ready, or the negative error number.
int asyncio_host_poll(pollfd* files, int count, int milliseconds);

/// Whether a JavaScript function can still be called a little deeper. A recursion without end leaves
/// the engine's stack no room for it.
bool asyncio_host_has_stack();

// With threads, on the first one and only where asyncio_host_can_block():

/// Waits until a worker is ready to be the next thread's. It comes to life only while this one waits.
void asyncio_host_prepare_thread();

/// Waits while the futex has this value, until it is woken or so long: true when the time was over first.
/// JavaScript's event loop goes on meanwhile.
bool asyncio_host_futex_wait(volatile void* address, unsigned value, double milliseconds);
}
