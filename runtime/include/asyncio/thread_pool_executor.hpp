#pragma once

#include <asyncio/concurrent_future.hpp>
#include <asyncio/detail/mapped_results.hpp>
#include <asyncio/detail/range.hpp>
#include <asyncio/detail/thread_pool.hpp>

#include <concepts>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

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

    /// Submits `function(element...)` for the elements of the ranges, up to the end of the shortest, and
    /// returns the results in their order: `for (auto result : pool.map(f, numbers))`. Each blocks until it
    /// is there, and raises its error. Elements are copied, and moved from a range that is an rvalue. The end
    /// of the iteration, also by an error, cancels the work that has not started.
    ///
    /// In a coroutine, gather() of run_in_executor() waits without blocking the loop.
    template <class F, detail::Range First, detail::Range... Rest>
    auto map(F function, First&& first, Rest&&... rest) {
        using T = detail::WorkResult<F, detail::RangeValue<First>, detail::RangeValue<Rest>...>;
        std::vector<ConcurrentFuture<T>> futures;
        const auto submit_all = [&](auto at, auto... others) {
            for (; at != std::end(first) && (... && (others.first != others.second));
                 ++at, (++others.first, ...))
                futures.push_back(submit(function, element_of<First>(at), element_of<Rest>(others.first)...));
        };
        submit_all(std::begin(first), std::pair(std::begin(rest), std::end(rest))...);
        return detail::MappedResults<T>(std::move(futures));
    }

    int max_workers() const noexcept { return max_workers_; }

    /// Accepts no more work. May be called repeatedly. Without `wait`, the threads end when the work is done,
    /// and the destructor waits for them.
    void shutdown(ShutdownOptions options = {});

    /// For the library: like shutdown(), but calls `done`, on any thread, when all the work is done.
    void shutdown_then(std::function<void()> done);

private:
    template <class R, class I> static detail::RangeValue<R> element_of(const I& at) {
        if constexpr (std::is_lvalue_reference_v<R>)
            return *at;
        else
            return std::move(*at);
    }
    void post(std::unique_ptr<detail::Work> work);

    std::unique_ptr<detail::ThreadPool> pool_;
    int max_workers_;
};

} // namespace asyncio
