#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/timeout.hpp>

#include <exception>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

/// Cancels the future and waits for its end; raises TimeoutError instead of its CancelledError.
Coro<> cancel_for_timeout(Ref<FutureBase> future);

template <class A> Coro<AwaitResult<A>> wait_with_deadline(A awaitable, MaybeDelay delay) {
    if (delay && delay->seconds() <= 0) {
        auto future = ensure_future(std::move(awaitable));
        if (!future.done()) co_await cancel_for_timeout(future.ref());
        co_return co_await std::move(future);
    }
    Timeout deadline = timeout(delay);
    deadline.aenter();
    std::exception_ptr error;
    try {
        if constexpr (std::is_void_v<AwaitResult<A>>) {
            co_await std::move(awaitable);
            deadline.aexit(nullptr);
            co_return;
        } else {
            AwaitResult<A> result = co_await std::move(awaitable);
            deadline.aexit(nullptr);
            co_return std::forward<AwaitResult<A>>(result);
        }
    } catch (...) {
        error = std::current_exception();
    }
    deadline.aexit(error);
    std::rethrow_exception(error);
}

} // namespace detail

/// Awaits with a deadline: when it passes, the awaitable is cancelled, and TimeoutError is raised once its
/// cleanup has ended. If it returns a result despite the cancel, that is returned. std::nullopt: no deadline;
/// 0 or less: accepts only a result that is already available; a coroutine is not started. A lambda that
/// returns a coroutine can be passed uncalled, and is kept alive as long as the coroutine.
template <class A> auto wait_for(A&& awaitable, MaybeDelay timeout) {
    using Plain = std::remove_cvref_t<A>;
    if constexpr (detail::MakesCoro<Plain>) {
        using Made = detail::MadeCoro<Plain>;
        return detail::wait_with_deadline<Made>(
            detail::keep_alive<typename Made::value_type, std::decay_t<A>>(std::forward<A>(awaitable)),
            timeout);
    } else {
        constexpr bool used_up = std::is_rvalue_reference_v<A&&> || detail::is_future<Plain>::value;
        static_assert(detail::Awaitable<Plain>, "wait_for() needs an awaitable");
        static_assert(used_up || !detail::Awaitable<Plain>,
                      "wait_for() consumes the coroutine: pass the call itself, or std::move the variable");
        if constexpr (!detail::Awaitable<Plain>)
            return Future<>();
        else if constexpr (used_up)
            return detail::wait_with_deadline<Plain>(std::forward<A>(awaitable), timeout);
        else // Moved, so that the mistake is one error.
            return detail::wait_with_deadline<Plain>(std::move(awaitable), timeout);
    }
}

} // namespace asyncio
