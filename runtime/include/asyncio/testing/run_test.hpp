#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/run.hpp>

#include <type_traits>
#include <utility>

namespace asyncio::testing {

namespace detail {

/// Raises PendingTasksError if a task other than the running one is left.
void require_no_pending_tasks();
/// Without a loop_factory: a loop on a VirtualClock.
void use_virtual_clock(RunOptions& options);

template <class T> Coro<T> then_nothing_is_pending(Coro<T> test) {
    if constexpr (std::is_void_v<T>) {
        co_await std::move(test);
        require_no_pending_tasks();
    } else {
        T result = co_await std::move(test);
        require_no_pending_tasks();
        co_return result;
    }
}

} // namespace detail

/// Runs a test that is a coroutine, as a method of unittest.IsolatedAsyncioTestCase is run: in a loop of its
/// own, which it blocks for until the test is done; returns its result or raises its error.
///
/// The loop has a VirtualClock, so that sleeps and timeouts take no time and two runs see the same times. If
/// the test ends without an error and tasks that it started are pending, they are cancelled and
/// PendingTasksError is raised; Python's cancels them in silence.
template <class T> T run_test(Coro<T> test, RunOptions options = {}) {
    detail::use_virtual_clock(options);
    return run(detail::then_nothing_is_pending(std::move(test)), std::move(options));
}

} // namespace asyncio::testing
