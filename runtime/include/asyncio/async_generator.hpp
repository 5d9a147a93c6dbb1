#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/generator_promise.hpp>
#include <asyncio/detail/resume_point.hpp>

#include <concepts>
#include <coroutine>
#include <optional>
#include <utility>

namespace asyncio {

/// A coroutine that gives values with `co_yield` and may await in between:
/// `while (auto x = co_await gen.next())`.
///
/// It runs only inside next(), in the task that awaits it. Destroying it destroys its locals at
/// once; aclose() lets it clean up with awaits. Those left are closed when the loop ends.
template <class T> class [[nodiscard("iterate it: while (auto x = co_await gen.next())")]] AsyncGenerator {
public:
    using value_type = T;

    class promise_type final : public detail::GeneratorPromise {
    public:
        AsyncGenerator get_return_object() noexcept {
            return AsyncGenerator(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        template <std::convertible_to<T> Value> YieldAwaiter yield_value(Value&& value) {
            value_.emplace(std::forward<Value>(value));
            return {};
        }
        void return_void() const noexcept {}

        std::optional<T> take() {
            resumed();
            return std::exchange(value_, std::nullopt);
        }

    private:
        std::coroutine_handle<> handle() noexcept override {
            return std::coroutine_handle<promise_type>::from_promise(*this);
        }
        void drop_value() noexcept override { value_.reset(); }
        bool has_value() const noexcept override { return value_.has_value(); }

        std::optional<T> value_;
    };

    AsyncGenerator(const AsyncGenerator&) = delete;
    AsyncGenerator& operator=(const AsyncGenerator&) = delete;
    AsyncGenerator(AsyncGenerator&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    AsyncGenerator& operator=(AsyncGenerator&& other) noexcept {
        std::swap(handle_, other.handle_);
        return *this;
    }
    ~AsyncGenerator() {
        if (handle_) handle_.destroy();
    }

    class [[nodiscard("co_await gen.next()")]] Next {
    public:
        explicit Next(promise_type& promise) : promise_(promise) {}
        bool await_ready() const noexcept { return detail::opaque(promise_.finished()); }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller) {
            return promise_.resume_for(caller);
        }
        std::optional<T> await_resume() { return promise_.take(); }

    private:
        promise_type& promise_;
    };

    /// Runs it to its next co_yield and gives the value; nullopt when it has ended; raises what it
    /// lets escape. Suspends when something it awaits does; a cancel is raised at that await. Raises
    /// RuntimeError while another task is inside next().
    Next next() { return Next(handle_.promise()); }

    /// Ends it: raises GeneratorExit at its co_yield and waits for its cleanup. Raises RuntimeError
    /// when it yields once more.
    Coro<> aclose() { return handle_.promise().aclose(); }

private:
    explicit AsyncGenerator(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}
    std::coroutine_handle<promise_type> handle_;
};

} // namespace asyncio
