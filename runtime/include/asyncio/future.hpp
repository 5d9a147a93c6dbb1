#pragma once

#include <asyncio/context.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/error.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace asyncio {

template <class T = void> class Future;

/// Identifies a callback passed to add_done_callback(), for remove_done_callback(): Python compares
/// functions, which C++ cannot.
class DoneCallbackId {
public:
    DoneCallbackId() = default;

private:
    friend class AnyFuture;
    template <class T> friend class Future;
    explicit DoneCallbackId(detail::Ref<detail::DoneCallback> callback) : callback_(std::move(callback)) {}
    detail::Ref<detail::DoneCallback> callback_;
};

/// A future of any result type: the common part of Future<T> and Task<T>. Raises RuntimeError if it is used
/// after a move.
class AnyFuture {
public:
    explicit AnyFuture(detail::Ref<detail::FutureBase> future) : future_(std::move(future)) {}

    bool done() const { return future_->done(); }
    bool cancelled() const { return future_->cancelled(); }

    /// Cancels the future and wakes its waiters; returns false if it is already done. For a task this is a
    /// request: CancelledError is raised at its current co_await in the next turn of the loop.
    bool cancel() const { return future_->cancel(); }
    bool cancel(const std::string& message) const { return future_->cancel(&message); }

    /// The error of a done future, null if it has a result; raises CancelledError if it was cancelled,
    /// InvalidStateError while it is pending.
    std::exception_ptr exception() const { return future_->exception(); }

    EventLoop& get_loop() const { return future_->loop(); }

    /// Removes a callback that has not been scheduled yet; returns the number removed.
    std::size_t remove_done_callback(DoneCallbackId& id) const;

    /// `co_await any_future`: waits until it is done; discards its result, raises its error. Cancelling the
    /// awaiting task cancels the future.
    detail::FutureEndAwaiter operator co_await() const { return detail::FutureEndAwaiter(future_.ref()); }

    /// Compares identity, not values. Tasks are ordered by their creation, futures by nothing of use: in a
    /// std::set or std::map.
    bool operator==(const AnyFuture&) const = default;
    std::strong_ordering operator<=>(const AnyFuture& other) const;

    /// The internal representation.
    const detail::Ref<detail::FutureBase>& ref() const { return future_.ref(); }

protected:
    detail::Shared<detail::FutureBase> future_;
};

/// A result that will be available later: a shared handle, like a reference in Python.
///
/// `co_await future` suspends the task until the future is done, and returns its result or raises its error.
/// The result is copied; if T is move-only, it is moved out, once. Cancelling the awaiting task cancels the
/// future.
template <class T>
class [[nodiscard("keep the Future in a variable, or co_await it")]] Future : public AnyFuture {
public:
    using value_type = T;

    /// A pending future of the running loop.
    Future() : Future(detail::loop_of_new_future()) {}
    explicit Future(EventLoop& loop) : AnyFuture(detail::make_ref<detail::FutureWithResult<T>>(loop)) {}
    /// Wraps an internal representation, which must have a result of type T.
    explicit Future(detail::Ref<detail::FutureBase> future) : AnyFuture(std::move(future)) {}

    /// The result of a done future; raises its error, CancelledError, or InvalidStateError while
    /// it is pending.
    detail::ResultSlot<T>::Copied result() const {
        future_->rethrow_if_failed();
        return static_cast<detail::ResultSlot<T>*>(future_->result_slot())->copy();
    }

    /// Completes the future; raises InvalidStateError if it is already done.
    template <class... Value> void set_result(Value&&... value) const {
        if (future_->as_task() != nullptr)
            throw RuntimeError("set_result() on a task: a task's result is what its coroutine returns");
        future_->require_pending();
        static_cast<detail::ResultSlot<T>*>(future_->result_slot())->emplace(std::forward<Value>(value)...);
        future_->finish_with_result();
    }
    void set_exception(std::exception_ptr error) const { future_->set_exception(std::move(error)); }
    template <class E>
        requires(!std::convertible_to<E &&, std::exception_ptr>)
    void set_exception(E&& error) const {
        set_exception(std::make_exception_ptr(std::forward<E>(error)));
    }

    /// Calls `function(Future<T>)`, or `function()`, from the loop once the future is done: in the
    /// next turn, in the order of registration; in `context`, or in a copy of the current one.
    template <class F>
    DoneCallbackId add_done_callback(F function, std::optional<Context> context = {}) const {
        auto call = [function = std::move(function)](const detail::Ref<detail::FutureBase>& done) mutable {
            if constexpr (std::is_invocable_v<F&>)
                function();
            else
                function(Future<T>(done));
        };
        return DoneCallbackId(
            detail::on_done(*future_, std::move(call), context ? context->ref() : detail::inherit_context()));
    }

    // Hides the base's operator, which discards the result.
    // NOLINTBEGIN(bugprone-derived-method-shadowing-base-method)
    detail::FutureAwaiter<T> operator co_await() const& { return detail::FutureAwaiter<T>(future_.ref()); }
    detail::FutureAwaiter<T> operator co_await() && { return detail::FutureAwaiter<T>(future_.take()); }
    // NOLINTEND(bugprone-derived-method-shadowing-base-method)
};

} // namespace asyncio

template <> struct std::hash<asyncio::AnyFuture> {
    std::size_t operator()(const asyncio::AnyFuture& future) const {
        return std::hash<const void*>()(future.ref().get());
    }
};
template <class T> struct std::hash<asyncio::Future<T>> : std::hash<asyncio::AnyFuture> {};
