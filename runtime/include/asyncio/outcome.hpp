#pragma once

#include <asyncio/detail/run_of.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/error.hpp>

#include <exception>
#include <expected>
#include <functional>
#include <type_traits>
#include <utility>

namespace asyncio {

/// The outcome of an operation: a value or an error.
template <class T> using Outcome = std::expected<T, std::exception_ptr>;

namespace detail {

template <class T>
using OutcomeOf = Outcome<
    std::conditional_t<std::is_reference_v<T>, std::reference_wrapper<std::remove_reference_t<T>>, T>>;

} // namespace detail

/// Awaits, and returns the error instead of raising it, for a handler that awaits, which a catch block cannot:
///
///     if (auto done = co_await outcome(f()); !done && is<ValueError>(done.error())) co_await repair();
///
/// As through Python's `except Exception`, a CancelledError passes, and so do GeneratorExit and
/// KeyboardInterrupt. A function that returns a coroutine is passed uncalled, and is kept alive.
template <detail::Runnable A> Coro<detail::OutcomeOf<detail::ResultOfRun<A>>> outcome(A awaitable) {
    using Result = detail::OutcomeOf<detail::ResultOfRun<A>>;
    try {
        if constexpr (std::is_void_v<detail::ResultOfRun<A>>) {
            co_await detail::run_of(awaitable);
            co_return Result();
        } else {
            co_return Result(co_await detail::run_of(awaitable));
        }
    } catch (const CancelledError&) {
        throw;
    } catch (const GeneratorExit&) {
        throw;
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (...) {
        co_return std::unexpected(std::current_exception());
    }
}

} // namespace asyncio
