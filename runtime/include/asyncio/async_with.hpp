#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/awaitable.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

/// `value`, awaited if it can be.
template <class F> auto await_if_awaitable(F call) -> Coro<decltype(call())>
    requires(!Awaitable<decltype(call())>)
{
    co_return call();
}
template <class F> auto await_if_awaitable(F call) -> Coro<AwaitResult<decltype(call())>>
    requires Awaitable<decltype(call())>
{
    co_return co_await call();
}

template <class F> using MaybeAwaited = typename decltype(await_if_awaitable(std::declval<F>()))::value_type;

template <class M> auto enter(M& manager) {
    return await_if_awaitable([&manager] { return manager.aenter(); });
}
template <class M> auto leave(M& manager, const std::exception_ptr& error) {
    return await_if_awaitable([&manager, &error] { return manager.aexit(error); });
}

template <class M> using Entered = typename decltype(enter(std::declval<M&>()))::value_type;
template <class M>
inline constexpr bool may_suppress =
    std::same_as<typename decltype(leave(std::declval<M&>(), std::declval<const std::exception_ptr&>()))::value_type,
                 bool>;

/// Calls the body with what aenter() gave, if it takes that.
template <class M, class B, class V> decltype(auto) call_body(M& manager, B& body, V& entered) {
    if constexpr (std::is_invocable_v<B&>)
        return body();
    else if constexpr (std::is_void_v<Entered<M>>)
        return body(manager);
    else
        return body(entered);
}

struct Nothing {};
template <class T> using SomethingFor = std::conditional_t<std::is_void_v<T>, Nothing, T>;

template <class M, class B>
using BodyResult = AwaitResult<decltype(call_body(std::declval<M&>(), std::declval<B&>(),
                                                  std::declval<SomethingFor<Entered<M>>&>()))>;

/// A body's value may be missing when the manager can suppress errors.
template <class M, class B>
using WithResult = std::conditional_t<may_suppress<M> && !std::is_void_v<BodyResult<M, B>>,
                                      std::optional<SomethingFor<BodyResult<M, B>>>, BodyResult<M, B>>;

template <class M, class B>
Coro<WithResult<std::remove_reference_t<M>, B>> run_with(M manager, B body) {
    using Manager = std::remove_reference_t<M>;
    using R = BodyResult<Manager, B>;
    std::optional<SomethingFor<R>> result;
    std::exception_ptr error;
    {
        std::optional<SomethingFor<Entered<Manager>>> entered;
        if constexpr (std::is_void_v<Entered<Manager>>) {
            co_await enter(manager);
            entered.emplace();
        } else {
            entered.emplace(co_await enter(manager));
        }
        try {
            if constexpr (std::is_void_v<R>)
                co_await call_body(manager, body, *entered);
            else
                result.emplace(co_await call_body(manager, body, *entered));
        } catch (...) {
            error = std::current_exception();
        }
    }
    if constexpr (may_suppress<Manager>) {
        if (co_await leave(manager, error)) error = nullptr;
    } else {
        co_await leave(manager, error);
    }
    if (error) std::rethrow_exception(error);
    if constexpr (may_suppress<Manager> && !std::is_void_v<R>)
        co_return std::move(result);
    else if constexpr (!std::is_void_v<R>)
        co_return std::move(*result);
}

} // namespace detail

/// `async with manager as v: body(v)`. The body is a callable that makes a coroutine of what
/// aenter() gave (of the manager itself where aenter() gives nothing), or takes no argument; it and a
/// manager passed as an rvalue are kept alive. Gives the body's value.
///
/// A context manager has `aenter()` and `aexit(std::exception_ptr)`, either of which may be a
/// coroutine; aexit() is always called, with the error the body raised or null. Where it gives a
/// bool, true suppresses the error, and the value given is a std::optional.
template <class M, class B> auto async_with(M&& manager, B body) {
    // An lvalue is used where it is, an rvalue moves into the coroutine.
    return detail::run_with<std::conditional_t<std::is_lvalue_reference_v<M>, M, std::remove_reference_t<M>>, B>(
        std::forward<M>(manager), std::move(body));
}

} // namespace asyncio
