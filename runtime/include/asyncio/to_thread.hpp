#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/context.hpp>
#include <asyncio/detail/work.hpp>
#include <asyncio/event_loop.hpp>

#include <functional>
#include <type_traits>
#include <utility>

namespace asyncio {

/// Runs `function(arguments...)` on a thread of the loop's default executor and returns its result or raises
/// its error: `co_await to_thread(read_file, "a.txt")`. The task suspends until then; the loop continues
/// meanwhile.
///
/// The function runs in a copy of the caller's context: it sees the caller's context variables, and values
/// that it sets are not visible to the caller. If cancelled, the task stops waiting; the thread runs the
/// function to its end. In a page without threads the function runs on the loop between two turns, see
/// ThreadPoolExecutor.
template <class F, class... Args>
    requires std::is_invocable_v<F&, Args...>
Coro<detail::WorkResult<F, Args...>> to_thread(F function, Args... arguments) {
    using T = detail::WorkResult<F, Args...>;
    static_assert(!detail::is_coro<T>::value,
                  "to_thread() of a coroutine function: a coroutine runs on the loop, "
                  "not on a thread. co_await it, or give it to create_task()");
    auto call = [context = detail::unshared_context(), function = std::move(function),
                 ... arguments = std::move(arguments)]() mutable -> T {
        const detail::ContextScope scope(context);
        return std::invoke(function, std::move(arguments)...);
    };
    co_return co_await get_running_loop().run_in_executor(nullptr, std::move(call));
}

} // namespace asyncio
