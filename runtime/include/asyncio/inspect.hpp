#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/awaitable.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/task.hpp>

#include <concepts>
#include <string_view>
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

inline constexpr std::string_view CORO_CREATED = "CORO_CREATED";
inline constexpr std::string_view CORO_RUNNING = "CORO_RUNNING";
inline constexpr std::string_view CORO_SUSPENDED = "CORO_SUSPENDED";
inline constexpr std::string_view CORO_CLOSED = "CORO_CLOSED";

/// The state of a coroutine: CORO_CREATED, or CORO_CLOSED for one that was awaited, moved or closed.
template <class T> std::string_view getcoroutinestate(const Coro<T>& coro) noexcept {
    return coro.promise() != nullptr ? CORO_CREATED : CORO_CLOSED;
}
/// The state of a task's coroutine.
template <class T>
    requires std::derived_from<T, AnyFuture> && requires(const T& task) { task.state(); }
std::string_view getcoroutinestate(const T& task) {
    const auto& base = static_cast<const detail::TaskBase&>(*task.ref());
    if (base.root() == nullptr) return CORO_CLOSED;
    if (!base.entered()) return CORO_CREATED;
    return task.state() == TaskState::running ? CORO_RUNNING : CORO_SUSPENDED;
}

} // namespace asyncio
