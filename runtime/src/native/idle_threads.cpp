#include "idle_threads.hpp"

#include <filesystem>
#include <system_error>

namespace asyncio::native {

bool other_threads_run() noexcept {
    std::error_code error;
    std::filesystem::directory_iterator thread("/proc/self/task", error);
    if (error) return true;
    int busy = -1 - idle_threads;
    for (; thread != std::filesystem::directory_iterator(); thread.increment(error)) {
        if (error) return true;
        ++busy;
    }
    return busy > 0;
}

} // namespace asyncio::native
