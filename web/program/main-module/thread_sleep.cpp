// std::this_thread::sleep_for, sleep() and the like. Emscripten's busy-wait; this one lets the browser's event loop run,
// so that the page's Stop is received and the processor is idle.

#include "host.hpp"

#include <cstdio>

extern "C" void __real_emscripten_thread_sleep(double milliseconds);

extern "C" void __wrap_emscripten_thread_sleep(double milliseconds) {
    if (!asyncio_host_can_block()) {
        __real_emscripten_thread_sleep(milliseconds);
        return;
    }
    std::fflush(stdout);
    asyncio_host_sleep(milliseconds / 1000);
}
