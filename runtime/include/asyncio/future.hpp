#pragma once

#include <asyncio/context.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/error.hpp>

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

/// Names a callback given to add_done_callback, for remove_done_callback: where Python compares
/// functions, C++ cannot.
class DoneCallbackId {
public:
    DoneCallbackId() = default;

private:
    friend class AnyFuture;
    template <class T> friend class Future;
    explicit DoneCallbackId(detail::Ref<detail::DoneCallback> callback) : callback_(std::move(callback)) {}
    detail::Ref<detail::DoneCallback> callback_;
};

/// A future whatever its result: what Future<T> and Task<T> have in common. Raises RuntimeError when it is
/// used after a move.
class AnyFuture {
public:
    explicit AnyFuture(detail::Ref<detail::FutureBase> future) : future_(std::move(future)) {}

    bool done() const { return future_->done(); }
    bool cancelled() const { return future_->cancelled(); }

    /// Marks it cancelled and wakes who awaits it; false when already done. A task is asked to stop:
    /// CancelledError is raised at its current co_await in the next turn of the loop.
    bool cancel() const { return future_->cancel(); }
    bool cancel(const std::string& message) const { return future_->cancel(&message); }

    /// The error of a done future, null when it has a result; raises CancelledError when it was
    /// cancelled, InvalidStateError while it is pending.
    std::exception_ptr exception() const { return future_->exception(); }

    EventLoop& get_loop() const { return future_->loop(); }

    /// Forgets a callback that has not been scheduled yet; how many were removed.
    std::size_t remove_done_callback(DoneCallbackId& id) const;

    /// `co_await any_future`: waits for its end; its result is dropped, its error raised. Cancelling the
    /// awaiting task cancels it.
    detail::FutureEndAwaiter operator co_await() const { return detail::FutureEndAwaiter(future_.ref()); }

    /// Same future, not same value.
    bool operator==(const AnyFuture&) const = default;

    /// The library's own representation.
    const detail::Ref<detail::FutureBase>& ref() const { return future_.ref(); }

protected:
    detail::Shared<detail::FutureBase> future_;
};

/// A result that will be there later: a shared handle, as a reference is in Python.
///
/// `co_await future` suspends the task until the future is done, and gives its result or raises its
/// error: a copy of the result, or, where T can only be moved, the result itself, once. Cancelling
/// the awaiting task cancels the future.
template <class T> class [[nodiscard("a Future is there to be awaited")]] Future : public AnyFuture {
public:
    using value_type = T;

    /// A pending future of the running loop.
    Future() : Future(detail::loop_of_new_future()) {}
    explicit Future(EventLoop& loop) : AnyFuture(detail::make_ref<detail::FutureWithResult<T>>(loop)) {}
    /// Wraps the library's own representation, which must have a result of type T.
    explicit Future(detail::Ref<detail::FutureBase> future) : AnyFuture(std::move(future)) {}

    /// The result of a done future; raises its error, CancelledError, or InvalidStateError while
    /// it is pending.
    detail::ResultSlot<T>::Copied result() const {
        future_->rethrow_if_failed();
        return static_cast<detail::ResultSlot<T>*>(future_->result_slot())->copy();
    }

    /// Completes the future; raises InvalidStateError when it is done already.
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

    // Not the base's, which drops the result.
    // NOLINTBEGIN(bugprone-derived-method-shadowing-base-method)
    detail::FutureAwaiter<T> operator co_await() const& { return detail::FutureAwaiter<T>(future_.ref()); }
    detail::FutureAwaiter<T> operator co_await() && { return detail::FutureAwaiter<T>(future_.take()); }
    // NOLINTEND(bugprone-derived-method-shadowing-base-method)
};

} // namespace asyncio

template <class T> struct std::hash<asyncio::Future<T>> {
    std::size_t operator()(const asyncio::Future<T>& future) const {
        return std::hash<const void*>()(future.ref().get());
    }
};
