#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/awaitable.hpp>
#include <asyncio/task.hpp>

#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

template <class T> struct is_future : std::false_type {};
template <class T> struct is_future<Future<T>> : std::true_type {};
template <class T> struct is_future<Task<T>> : std::true_type {};
template <> struct is_future<AnyFuture> : std::true_type {};
template <> struct is_future<AnyTask> : std::true_type {};

} // namespace detail

/// A task or future is given back as it is; a coroutine, or anything else that can be awaited, is
/// made a task.
template <class A> auto ensure_future(A&& awaitable) {
    using Plain = std::remove_cvref_t<A>;
    if constexpr (detail::is_future<Plain>::value) {
        return Plain(std::forward<A>(awaitable));
    } else {
        static_assert(
            detail::Awaitable<A>,
            "this cannot be awaited: give a Coro, a Task, a Future or a type with operator co_await");
        static_assert(
            !std::is_lvalue_reference_v<A>,
            "a coroutine is used up by awaiting it: pass the call itself, or std::move the variable");
        return create_task(std::forward<A>(awaitable));
    }
}

namespace detail {

/// What ensure_future(A) holds a result of.
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
