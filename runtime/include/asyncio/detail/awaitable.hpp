#pragma once

#include <concepts>
#include <coroutine>
#include <type_traits>
#include <utility>

namespace asyncio::detail {

/// Base of the awaiters that resume a task through its loop. All others may resume it from anywhere
/// (own_awaiter.hpp).
struct LoopAwaiter {};

template <class A>
concept Awaiter = requires(A& awaiter, std::coroutine_handle<> caller) {
    static_cast<bool>(awaiter.await_ready());
    awaiter.await_suspend(caller);
    awaiter.await_resume();
};

template <class A>
concept HasMemberCoAwait = requires(A&& awaitable) {
    { std::forward<A>(awaitable).operator co_await() } -> Awaiter;
};

template <class A>
concept HasFreeCoAwait = requires(A&& awaitable) {
    { operator co_await(std::forward<A>(awaitable)) } -> Awaiter;
};

template <class A>
concept Awaitable = HasMemberCoAwait<A> || HasFreeCoAwait<A> || Awaiter<std::remove_reference_t<A>>;

/// The awaiter that the language obtains for `co_await awaitable`.
template <class A> decltype(auto) get_awaiter(A&& awaitable) {
    if constexpr (HasMemberCoAwait<A>)
        return std::forward<A>(awaitable).operator co_await();
    else if constexpr (HasFreeCoAwait<A>)
        return operator co_await(std::forward<A>(awaitable));
    else
        return std::forward<A>(awaitable);
}

/// The result type of `co_await awaitable`.
template <class A> using AwaitResult = decltype(get_awaiter(std::declval<A>()).await_resume());

} // namespace asyncio::detail
