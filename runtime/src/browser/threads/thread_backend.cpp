#include "thread_backend.hpp"

#include <chrono>
#include <limits>
#include <utility>

namespace asyncio::browser {

using Clock = std::chrono::steady_clock;

double ThreadBackend::time() {
    return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

void ThreadBackend::wait(EventLoop&, std::optional<double> timeout) {
    std::unique_lock lock(mutex_);
    const auto woken = [this] { return std::exchange(woken_, false); };
    if (timeout)
        changed_.wait_for(lock, std::chrono::duration<double>(*timeout), woken);
    else
        changed_.wait(lock, woken);
}

// Completions arrive only through wake(), which the loop checks when it waits.
int ThreadBackend::poll(EventLoop&) { return std::numeric_limits<int>::max(); }

void ThreadBackend::wake() {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
    changed_.notify_one();
}

} // namespace asyncio::browser
