#pragma once

#include <asyncio/concurrent_future.hpp>
#include <asyncio/detail/thread_pool.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace asyncio {

struct ShutdownOptions {
    /// Blocks until all the work is done.
    bool wait = true;
    /// Cancels the work that has not started.
    bool cancel_futures = false;
};

/// A thread pool: runs functions on at most `max_workers` threads, in the order of submit().
///
/// In a page without threads the functions run on the event loop, one between two turns, and a note on stderr
/// says so once. Each function blocks everything else, so keep them short. Without a running loop, submit()
/// runs the function itself.
class ThreadPoolExecutor {
public:
    /// Unset: four more threads than processors, but at most 32. Threads start as needed. Raises ValueError
    /// if `max_workers` is less than one.
    explicit ThreadPoolExecutor(std::optional<int> max_workers = {});
    ThreadPoolExecutor(const ThreadPoolExecutor&) = delete;
    ThreadPoolExecutor& operator=(const ThreadPoolExecutor&) = delete;
    /// Waits for all work.
    ~ThreadPoolExecutor();

    /// Calls `function(arguments...)` on a thread, to which function and arguments are moved. Its result or
    /// error is in the future. Raises RuntimeError after shutdown().
    ///
    /// Tasks, futures and other parts of a loop belong to the loop's thread: in the function, use
    /// EventLoop::call_soon_threadsafe() and run_coroutine_threadsafe().
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    auto submit(F function, Args... arguments) {
        using T = detail::WorkResult<F, Args...>;
        auto call = [function = std::move(function), ... arguments = std::move(arguments)]() mutable -> T {
            return std::invoke(function, std::move(arguments)...);
        };
        auto state = std::make_shared<detail::ConcurrentResult<T>>(nullptr);
        post(std::make_unique<detail::WorkWith<T, decltype(call)>>(state, std::move(call)));
        return ConcurrentFuture<T>(std::move(state));
    }

    int max_workers() const noexcept { return max_workers_; }

    /// Accepts no more work. May be called repeatedly. Without `wait`, the threads end when the work is done,
    /// and the destructor waits for them.
    void shutdown(ShutdownOptions options = {});

    /// For the library: like shutdown(), but calls `done`, on any thread, when all the work is done.
    void shutdown_then(std::function<void()> done);

private:
    void post(std::unique_ptr<detail::Work> work);

    std::unique_ptr<detail::ThreadPool> pool_;
    int max_workers_;
};

} // namespace asyncio
