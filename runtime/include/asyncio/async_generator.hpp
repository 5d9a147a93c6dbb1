#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/generator_promise.hpp>
#include <asyncio/detail/lifetime.hpp>
#include <asyncio/detail/result.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/shared.hpp>

#include <concepts>
#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio {
namespace detail {

/// The result of a generator's co_yield: nothing, or the value sent by asend().
template <class Send> class SentValue {
public:
    struct Yield : GeneratorPromise::YieldAwaiter {
        SentValue* sent;
        // NOLINTNEXTLINE(bugprone-derived-method-shadowing-base-method): the language calls this one
        std::optional<Send> await_resume() const {
            YieldAwaiter::await_resume();
            return take_stored<Send>(sent->value);
        }
    };
    Yield yield() noexcept { return {{}, this}; }
    Stored<Send> value;
};
template <> class SentValue<void> {
public:
    using Yield = GeneratorPromise::YieldAwaiter;
    Yield yield() noexcept { return {}; }
};

} // namespace detail

/// A coroutine that produces values with `co_yield` and may co_await in between: `while (auto x = co_await
/// gen.next())`.
///
/// It runs only inside next(), asend(), athrow() and aclose(), in the task that awaits them. Destroying it
/// destroys its locals: at once, or, while a task is inside next(), when that task has returned from it.
/// aclose() lets it clean up with awaits. Generators that are still open are closed when the loop ends. With
/// a Send type, `co_yield` returns the value that asend() sent, and nullopt after next().
template <class T, class Send = void>
class ASYNCIO_REFERS [[nodiscard("iterate it: while (auto x = co_await gen.next())")]] AsyncGenerator
    : public detail::SharesState {
public:
    using value_type = T;

    class promise_type final : public detail::GeneratorPromise {
    public:
        AsyncGenerator get_return_object() noexcept { return AsyncGenerator(detail::Ref(this)); }
        /// The default makes `co_yield {1, "a"}` a T.
        template <std::convertible_to<T> Value = T>
        detail::SentValue<Send>::Yield yield_value(Value&& value) {
            value_.emplace(std::forward<Value>(value));
            return sent_.yield();
        }
        void return_void() const noexcept {}

        detail::SentValue<Send>& sent() noexcept { return sent_; }
        std::optional<T> take() {
            resumed();
            return detail::take_stored<T>(value_);
        }

    private:
        std::coroutine_handle<> handle() noexcept override {
            return std::coroutine_handle<promise_type>::from_promise(*this);
        }
        void drop_value() noexcept override { value_.reset(); }
        bool has_value() const noexcept override { return value_.has_value(); }

        detail::Stored<T> value_;
        [[no_unique_address]] detail::SentValue<Send> sent_;
    };

    AsyncGenerator(AsyncGenerator&&) noexcept = default;
    AsyncGenerator& operator=(AsyncGenerator&&) noexcept = default;
    ~AsyncGenerator() = default;

    /// One step of the generator, which starts with `prepare(promise)`.
    template <class Prepare> class [[nodiscard("co_await gen.next()")]] Step : public detail::LoopAwaiter {
    public:
        Step(detail::Ref<promise_type> promise, Prepare prepare)
            : promise_(std::move(promise)), prepare_(std::move(prepare)) {}
        bool await_ready() const { return detail::opaque(promise_->finished()); }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> caller) {
            const std::coroutine_handle<> generator = promise_->resume_for(caller);
            prepare_(*promise_);
            return generator;
        }
        std::optional<T> await_resume() { return promise_->take(); }

    private:
        detail::Shared<promise_type> promise_;
        [[no_unique_address]] Prepare prepare_;
    };

    /// Runs it to its next co_yield and returns the value; nullopt when it has ended; raises the exception
    /// that leaves it. Suspends when something that the generator awaits suspends; a cancel is raised at that
    /// await. Raises RuntimeError while another task is inside next().
    auto next() {
        return Step(promise_.ref(), [](promise_type&) noexcept {});
    }

    /// As next(), but the co_yield at which the generator resumes returns `value`. Raises RuntimeError if the
    /// generator has not reached its first co_yield.
    template <std::convertible_to<Send> Value>
        requires(!std::is_void_v<Send>)
    auto asend(Value&& value) {
        if (promise_->not_started()) detail::throw_sent_before_start();
        return Step(promise_.ref(), [sent = Send(std::forward<Value>(value))](promise_type& promise) mutable {
            promise.sent().value.emplace(std::move(sent));
        });
    }

    /// As next(), but raises `error` at the co_yield. If the generator has not started, it raises `error` at
    /// once and ends the generator.
    Coro<std::optional<T>> athrow(std::exception_ptr error) {
        return raise_in(promise_.ref(), std::move(error));
    }
    template <class E>
        requires(!std::same_as<std::remove_cvref_t<E>, std::exception_ptr>)
    Coro<std::optional<T>> athrow(E error) {
        return athrow(std::make_exception_ptr(std::move(error)));
    }

    /// Ends it: raises GeneratorExit at its co_yield and waits for its cleanup. Raises RuntimeError if it
    /// yields again.
    Coro<> aclose() { return detail::GeneratorPromise::aclose(promise_.ref()); }

private:
    friend detail::Sharing;
    AsyncGenerator(const AsyncGenerator&) = default;
    explicit AsyncGenerator(detail::Ref<promise_type> promise) noexcept : promise_(std::move(promise)) {}

    static Coro<std::optional<T>> raise_in(detail::Ref<promise_type> promise, std::exception_ptr error) {
        if (promise->not_started()) {
            promise->finish();
            std::rethrow_exception(error);
        }
        co_return co_await Step(promise,
                                [&error](promise_type& told) noexcept { told.raise_at_yield(error); });
    }

    detail::Shared<promise_type> promise_;
};

} // namespace asyncio
