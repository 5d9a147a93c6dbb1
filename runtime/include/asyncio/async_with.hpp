#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/result.hpp>
#include <asyncio/detail/shared.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

/// `call()`, awaited if it is awaitable.
template <class F>
auto await_if_awaitable(F call) -> Coro<decltype(call())>
    requires(!Awaitable<decltype(call())>)
{
    co_return call();
}
template <class F>
auto await_if_awaitable(F call) -> Coro<AwaitResult<decltype(call())>>
    requires Awaitable<decltype(call())>
{
    co_return co_await call();
}

template <class F> using MaybeAwaited = decltype(await_if_awaitable(std::declval<F>()))::value_type;

template <class M> auto enter(M& manager) {
    return await_if_awaitable([&manager]() -> decltype(auto) { return manager.aenter(); });
}
template <class M> auto leave(M& manager, const std::exception_ptr& error) {
    return await_if_awaitable([&manager, &error] { return manager.aexit(error); });
}

template <class M> using Entered = decltype(enter(std::declval<M&>()))::value_type;
template <class M>
inline constexpr bool may_suppress =
    std::same_as<typename decltype(leave(std::declval<M&>(),
                                         std::declval<const std::exception_ptr&>()))::value_type,
                 bool>;

/// Calls the body with the result of aenter(), if the body takes an argument.
template <class M, class B> decltype(auto) call_body(M& manager, B& body, ResultSlot<Entered<M>>& entered) {
    if constexpr (std::is_invocable_v<B&>)
        return body();
    else if constexpr (std::is_void_v<Entered<M>>)
        return body(manager);
    else
        return body(entered.get());
}

template <class M, class B>
using BodyResult = AwaitResult<decltype(call_body(std::declval<M&>(), std::declval<B&>(),
                                                  std::declval<ResultSlot<Entered<M>>&>()))>;

template <class T> using MaybeSuppressed = std::optional<std::conditional_t<std::is_object_v<T>, T, bool>>;

/// A manager that suppresses errors so rarely that the body's value is returned without a std::optional; if
/// there is no value, the manager raises an error instead. Example: a cancelled TaskGroup.
template <class M>
concept RaisesWithoutValue = requires { M::raise_without_value(); };

/// The body's value may be missing if the manager can suppress errors.
template <class M, class B>
using WithResult =
    std::conditional_t<may_suppress<M> && !RaisesWithoutValue<M> && !std::is_void_v<BodyResult<M, B>>,
                       MaybeSuppressed<BodyResult<M, B>>, BodyResult<M, B>>;

template <class M, class B> Coro<WithResult<std::remove_reference_t<M>, B>> run_with(M manager, B body) {
    using Manager = std::remove_reference_t<M>;
    using R = BodyResult<Manager, B>;
    ResultSlot<R> result;
    std::exception_ptr error;
    {
        ResultSlot<Entered<Manager>> entered;
        if constexpr (std::is_void_v<Entered<Manager>>)
            co_await enter(manager);
        else
            entered.emplace(co_await enter(manager));
        try {
            if constexpr (std::is_void_v<R>)
                co_await call_body(manager, body, entered);
            else
                result.emplace(co_await call_body(manager, body, entered));
        } catch (...) {
            error = std::current_exception();
        }
    }
    if constexpr (!may_suppress<Manager>) {
        co_await leave(manager, error);
        if (error) std::rethrow_exception(error);
        co_return result.take(true);
    } else {
        const bool suppressed = co_await leave(manager, error);
        if (error && !suppressed) std::rethrow_exception(error);
        if constexpr (!std::is_void_v<R>) {
            if (error) {
                if constexpr (RaisesWithoutValue<Manager> && !std::convertible_to<std::nullopt_t, R>)
                    Manager::raise_without_value();
                else
                    co_return std::nullopt;
            }
            co_return result.take(true);
        }
    }
}

/// The storage of a manager that is used in place: a copy, if copies share their state.
template <class M>
using KeptManager = std::conditional_t<std::is_lvalue_reference_v<M> &&
                                           !(std::derived_from<std::remove_cvref_t<M>, SharesState> &&
                                             !std::is_const_v<std::remove_reference_t<M>>),
                                       M, std::remove_reference_t<M>>;

template <class M> KeptManager<M> keep_manager(std::remove_reference_t<M>& manager) {
    if constexpr (std::is_lvalue_reference_v<M> && std::is_lvalue_reference_v<KeptManager<M>>)
        return manager;
    else if constexpr (std::is_lvalue_reference_v<M>)
        return Sharing::share(manager);
    else
        return std::move(manager);
}

/// For a manager that must be awaited first.
template <class M, class B> Coro<WithResult<M, B>> run_with_awaited(Coro<M> manager, B body) {
    co_return co_await run_with<M, B>(co_await std::move(manager), std::move(body));
}

/// A function that makes the manager, such as one that cannot be moved.
template <class F>
concept MakesManager = std::is_invocable_v<F&> && !requires(F& manager) { manager.aenter(); };

template <class F, class B> Coro<WithResult<std::invoke_result_t<F&>, B>> run_with_made(F make, B body) {
    using Manager = std::invoke_result_t<F&>;
    Manager manager = make();
    co_return co_await run_with<Manager&, B>(manager, std::move(body));
}

} // namespace detail

/// `async with manager as v: body(v)`. The body is a callable that returns a coroutine. It takes the result
/// of aenter() (the manager itself if aenter() returns void), or no argument. The body and a manager passed
/// as an rvalue are kept alive. Returns the body's value.
///
/// A context manager has `aenter()` and `aexit(std::exception_ptr)`, either of which may be a coroutine;
/// aexit() is always called, with the error that the body raised or null. If it returns a bool, true
/// suppresses the error, and the result is a std::optional.
template <class M, class B> auto async_with(M&& manager, B body) {
    constexpr bool keeps = std::is_lvalue_reference_v<M> || std::is_move_constructible_v<M>;
    static_assert(keeps, "async_with() moves a manager that is made in place, and this one cannot be moved: "
                         "pass a lambda that returns it, [] { return Manager(); }, or a variable");
    // An lvalue is used where it is, an rvalue moves into the coroutine.
    if constexpr (keeps)
        return detail::run_with<detail::KeptManager<M>, B>(detail::keep_manager<M>(manager), std::move(body));
    else
        return detail::run_with<M&, B>(manager, std::move(body));
}

/// The same for a function that returns the manager, which need not be movable.
template <class F, class B>
    requires detail::MakesManager<std::decay_t<F>>
auto async_with(F&& make, B body) {
    return detail::run_with_made<std::decay_t<F>, B>(std::forward<F>(make), std::move(body));
}

/// The same for a coroutine that returns the manager, such as `files::open(path)`: awaits it first.
template <class M, class B> auto async_with(Coro<M> manager, B body) {
    return detail::run_with_awaited(std::move(manager), std::move(body));
}

} // namespace asyncio
