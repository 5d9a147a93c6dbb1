#pragma once

/// What the program worker does for the main module: it replaces these imports when it instantiates
/// the module (web/program/host-imports.ts).
extern "C" {

/// Records why the program is about to abort.
void asyncio_host_crash(const char* message);

/// Whether a wait can hold up its caller, as the runtime asks too.
bool asyncio_host_can_block();

/// Holds up its caller for so long while JavaScript's event loop goes on.
void asyncio_host_sleep(double seconds);

/// Whether a JavaScript function can still be called a little deeper. A recursion without end leaves
/// the engine's stack no room for it.
bool asyncio_host_has_stack();
}
