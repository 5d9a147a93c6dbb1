#include "idle_threads.hpp"

#include <filesystem>
#include <system_error>

namespace asyncio::native {
namespace {

/// ThreadSanitizer runs its own thread from the program's first thread on; it never wakes a loop.
#ifdef __SANITIZE_THREAD__
constexpr int sanitizer_threads = 1;
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
constexpr int sanitizer_threads = 1;
#else
constexpr int sanitizer_threads = 0;
#endif
#else
constexpr int sanitizer_threads = 0;
#endif

} // namespace

bool other_threads_run() noexcept {
    std::error_code error;
    std::filesystem::directory_iterator thread("/proc/self/task", error);
    if (error) return true;
    int busy = -1 - idle_threads - sanitizer_threads;
    for (; thread != std::filesystem::directory_iterator(); thread.increment(error)) {
        if (error) return true;
        ++busy;
    }
    return busy > 0;
}

} // namespace asyncio::native
