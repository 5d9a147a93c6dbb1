#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/error.hpp>

#include <exception>
#include <optional>
#include <utility>

namespace asyncio {

/// The context manager that asynccontextmanager() returns.
template <class T> class AsyncGeneratorContextManager {
public:
    explicit AsyncGeneratorContextManager(AsyncGenerator<T> generator) : generator_(std::move(generator)) {}

    Coro<T> aenter() {
        std::optional<T> value = co_await generator_.next();
        if (!value) throw RuntimeError("the generator of a context manager ended without a co_yield");
        co_return *std::move(value);
    }

    Coro<bool> aexit(std::exception_ptr error) {
        if (!error) {
            if (!co_await generator_.next()) co_return false;
            co_await generator_.aclose();
            throw RuntimeError("the generator of a context manager yielded a second time");
        }
        std::exception_ptr raised;
        try {
            if (!co_await generator_.athrow(error)) co_return true;
        } catch (...) {
            raised = std::current_exception();
        }
        if (raised == error) co_return false;
        if (raised) std::rethrow_exception(raised);
        co_await generator_.aclose();
        throw RuntimeError("the generator of a context manager yielded after the body's error");
    }

    [[noreturn]] static void raise_without_value() {
        throw RuntimeError("the generator of a context manager suppressed the body's error, so there is no "
                           "value: let the body return a std::optional, or nothing");
    }

private:
    AsyncGenerator<T> generator_;
};

/// A context manager written as an async generator with one co_yield: the code before it runs on entry, the
/// yielded value is passed to the body, the code after it runs on exit.
///
///     asyncio::AsyncGenerator<Session*> session(Pool& pool) { ... co_yield &session; ... }
///     co_await async_with(asynccontextmanager(session(pool)), [](Session* session) -> Coro<> { ... });
///
/// The body's error is raised at the co_yield. A generator that catches it and ends suppresses it:
/// async_with() then has no value to return and raises RuntimeError, unless the body returns nothing, or a
/// std::optional, which is empty.
template <class T> AsyncGeneratorContextManager<T> asynccontextmanager(AsyncGenerator<T> generator) {
    return AsyncGeneratorContextManager<T>(std::move(generator));
}

} // namespace asyncio
