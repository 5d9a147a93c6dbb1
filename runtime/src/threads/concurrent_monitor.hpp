#pragma once

#include <asyncio/detail/concurrent_base.hpp>

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

namespace asyncio::detail {

struct ConcurrentBase::Monitor {
    std::mutex mutex;
    std::condition_variable changed;
    WorkState state = WorkState::pending;
    std::exception_ptr error;
    std::vector<std::function<void()>> callbacks;
};

} // namespace asyncio::detail
