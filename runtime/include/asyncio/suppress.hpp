#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/run_of.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/error.hpp>

#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

template <class T>
using SuppressedResult =
    std::conditional_t<std::is_void_v<T>, void, std::optional<std::conditional_t<std::is_void_v<T>, int, T>>>;

} // namespace detail

/// `with suppress(E): await ...`: awaits, and drops an error that is one of the given classes or derived from
/// one. Its result is a std::optional of the awaitable's, empty after such an error. A function that returns
/// a coroutine is passed uncalled, and is kept alive.
///
///     task.cancel();
///     co_await suppress<CancelledError>(task);
template <class... E, detail::Runnable A>
    requires(sizeof...(E) > 0)
Coro<detail::SuppressedResult<detail::ResultOfRun<A>>> suppress(A awaitable) {
    constexpr bool has_value = !std::is_void_v<detail::ResultOfRun<A>>;
    std::exception_ptr error;
    try {
        if constexpr (has_value) {
            co_return co_await detail::run_of(awaitable);
        } else {
            co_await detail::run_of(awaitable);
            co_return;
        }
    } catch (...) {
        error = std::current_exception();
    }
    if (!(is<E>(error) || ...)) std::rethrow_exception(error);
    if constexpr (has_value) co_return std::nullopt;
}

} // namespace asyncio
