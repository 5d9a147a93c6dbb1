#pragma once

#include <asyncio/async_with.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/result.hpp>
#include <asyncio/detail/run_of.hpp>
#include <asyncio/ensure_future.hpp>

#include <concepts>
#include <exception>
#include <type_traits>
#include <utility>

namespace asyncio {

/// `try: await body() finally: await cleanup()`: awaits `body`, then calls `cleanup`, and awaits what that
/// returns if it can be awaited, also after an error or a cancel, which it then raises. Returns the body's
/// value. An error of the cleanup takes the place of the body's. Functions are kept alive.
///
///     co_await try_finally(work(), [&] { return connection.close(); });
template <detail::Runnable B, std::invocable C> Coro<detail::ResultOfRun<B>> try_finally(B body, C cleanup) {
    using T = detail::ResultOfRun<B>;
    detail::ResultSlot<T> result;
    std::exception_ptr error;
    try {
        if constexpr (std::is_void_v<T>)
            co_await detail::run_of(body);
        else
            result.emplace(co_await detail::run_of(body));
    } catch (...) {
        error = std::current_exception();
    }
    co_await detail::await_if_awaitable(std::move(cleanup));
    if (error) std::rethrow_exception(error);
    co_return result.take(true);
}

} // namespace asyncio
