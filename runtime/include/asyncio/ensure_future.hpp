#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/awaitable.hpp>
#include <asyncio/task.hpp>

#include <functional>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

template <class T> struct is_future : std::false_type {};
template <class T> struct is_future<Future<T>> : std::true_type {};
template <class T> struct is_future<Task<T>> : std::true_type {};
template <> struct is_future<AnyFuture> : std::true_type {};
template <> struct is_future<AnyTask> : std::true_type {};

/// A function without parameters that returns a Coro: it is called, and is kept alive as long as the
/// coroutine.
template <class F>
concept MakesCoro = requires(std::decay_t<F>& function) { std::invoke(function); } &&
                    is_coro<std::invoke_result_t<std::decay_t<F>&>>::value;
template <class F> using MadeCoro = std::invoke_result_t<std::decay_t<F>&>;

/// Anything that ensure_future() accepts.
template <class A>
concept Runnable = Awaitable<A> || MakesCoro<A>;

/// Of these only a coroutine that runs it can become a task.
template <class A>
concept NeedsCoro = Runnable<A> && !is_coro<A>::value && !is_future<A>::value;

template <NeedsCoro A> auto coro_of(A awaitable) {
    if constexpr (Awaitable<A>)
        return await_as_coro<A>(std::move(awaitable));
    else
        return keep_alive<typename MadeCoro<A>::value_type, A>(std::move(awaitable));
}

} // namespace detail

/// Returns a task or future unchanged. Makes a task of a coroutine, of any other awaitable, and of a function
/// that returns a coroutine, such as a lambda with captures, which the task keeps alive.
template <class A> auto ensure_future(A&& awaitable) {
    using Plain = std::remove_cvref_t<A>;
    if constexpr (detail::is_future<Plain>::value) {
        return Plain(std::forward<A>(awaitable));
    } else if constexpr (detail::MakesCoro<A>) {
        return create_task(std::decay_t<A>(std::forward<A>(awaitable)));
    } else {
        static_assert(
            detail::Awaitable<A>,
            "this is not awaitable: pass a Coro, a Task, a Future or a type with operator co_await");
        static_assert(
            !std::is_lvalue_reference_v<A> || !detail::Awaitable<A>,
            "a coroutine can be awaited only once: pass the call itself, or std::move the variable");
        // Moved, so that a mistake is one error.
        if constexpr (detail::Awaitable<A>)
            return create_task(std::move(awaitable)); // NOLINT(bugprone-move-forwarding-reference)
        else
            return Future<>();
    }
}

namespace detail {

/// The result type of ensure_future(A).
template <class A> struct FutureValue {
    using type = decltype(ensure_future(std::declval<A>()))::value_type;
};
template <class A>
    requires std::same_as<std::remove_cvref_t<A>, AnyTask> || std::same_as<std::remove_cvref_t<A>, AnyFuture>
struct FutureValue<A> {
    using type = void;
};
template <class A> using FutureValueOf = FutureValue<A>::type;

} // namespace detail
} // namespace asyncio
