#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/awaitable.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/task.hpp>

#include <type_traits>

namespace asyncio {

/// Any operand of `co_await`: a Coro, a Task, a Future, or a type with operator co_await.
template <class A>
concept Awaitable = detail::Awaitable<A>;

/// Whether an object is a coroutine, or a future or task. Evaluated at compile time: `if constexpr
/// (isfuture(x))`.
template <class T> constexpr bool iscoroutine(const T&) noexcept { return detail::is_coro<T>::value; }
template <class T> constexpr bool isfuture(const T&) noexcept { return detail::is_future<T>::value; }
template <class T> constexpr bool isawaitable(const T&) noexcept { return Awaitable<T>; }

/// Whether calling it with `Args` returns a coroutine.
template <class... Args, class F> constexpr bool iscoroutinefunction(const F&) noexcept {
    if constexpr (std::is_invocable_v<F, Args...>)
        return detail::is_coro<std::invoke_result_t<F, Args...>>::value;
    else
        return false;
}

} // namespace asyncio
