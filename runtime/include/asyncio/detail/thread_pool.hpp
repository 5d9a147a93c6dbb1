#pragma once

#include <asyncio/detail/work.hpp>

#include <functional>
#include <memory>

namespace asyncio::detail {

/// The platform interface of an executor: threads, or their replacement on platforms without them.
class ThreadPool {
public:
    ThreadPool() = default;
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;
    /// Waits for all work.
    virtual ~ThreadPool() = default;

    virtual void post(std::unique_ptr<Work> work) = 0;
    /// From now on post() raises RuntimeError.
    virtual void close() = 0;
    /// Removes and cancels the work that has not started.
    virtual void cancel_queued() = 0;
    /// Blocks until there is no work left.
    virtual void finish() = 0;
    /// The same without blocking: `done` is called on any thread.
    virtual void finish_then(std::function<void()> done) = 0;
};

/// The platform's thread pool.
std::unique_ptr<ThreadPool> make_thread_pool(unsigned max_workers);

} // namespace asyncio::detail
