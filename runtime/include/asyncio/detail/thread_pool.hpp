#pragma once

#include <asyncio/detail/work.hpp>

#include <functional>
#include <memory>

namespace asyncio::detail {

/// What an executor asks of its platform: threads, or what stands in for them where there are none.
class ThreadPool {
public:
    ThreadPool() = default;
    ThreadPool(const ThreadPool&) = delete;
    ThreadPool& operator=(const ThreadPool&) = delete;
    /// Waits for all the work.
    virtual ~ThreadPool() = default;

    virtual void post(std::unique_ptr<Work> work) = 0;
    /// From now on post() raises RuntimeError.
    virtual void close() = 0;
    /// Takes out the work that has not begun, and cancels it.
    virtual void cancel_queued() = 0;
    /// Blocks until no work is left.
    virtual void finish() = 0;
    /// The same without blocking: `done` is called on any thread.
    virtual void finish_then(std::function<void()> done) = 0;
};

/// The platform's own.
std::unique_ptr<ThreadPool> make_thread_pool(unsigned max_workers);

} // namespace asyncio::detail
