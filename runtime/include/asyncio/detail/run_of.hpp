#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/ensure_future.hpp>

#include <functional>
#include <utility>

namespace asyncio::detail {

/// What to await of an awaitable, or of a function that returns a coroutine.
template <Runnable A> decltype(auto) run_of(A& awaitable) {
    if constexpr (Awaitable<A>)
        return std::move(awaitable);
    else
        return std::invoke(awaitable);
}

template <class A> using ResultOfRun = AwaitResult<decltype(run_of(std::declval<A&>()))>;

} // namespace asyncio::detail
