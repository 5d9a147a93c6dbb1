// std::this_thread::sleep_for, sleep() and the like. Emscripten's own spins; this lets the browser's
// event loop go on, so that the page's Stop is heard and the processor rests.

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
