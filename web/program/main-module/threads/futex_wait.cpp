// While the program's first thread blocks (a mutex, a condition variable, join) the browser's event loop runs: new
// threads start, other threads' output is written, the page's Stop is received.

#include "../host.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <emscripten/threading.h>

namespace {

/// Most locks are released before a turn of the event loop would end.
constexpr double brief_ms = 4;

} // namespace

// The linker's --wrap redirects every wait here.
extern "C" {

int __real_emscripten_futex_wait(volatile void* address, std::uint32_t value, double milliseconds);

int __wrap_emscripten_futex_wait(volatile void* address, std::uint32_t value, double milliseconds) {
    if (!emscripten_is_main_runtime_thread() || !asyncio_host_can_block())
        return __real_emscripten_futex_wait(address, value, milliseconds);
    const int result = __real_emscripten_futex_wait(address, value, std::min(milliseconds, brief_ms));
    if (result != -ETIMEDOUT || milliseconds <= brief_ms) return result;
    return asyncio_host_futex_wait(address, value, milliseconds - brief_ms) ? -ETIMEDOUT : 0;
}
}
