#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/concurrent_base.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/error.hpp>

#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio {

/// The result of work on another thread, or a result that another thread waits for:
/// `concurrent.futures.Future` of Python. A shared handle that any thread may use.
///
/// No member suspends: result() blocks its thread. In a coroutine, await wrap_future() instead.
template <class T>
class [[nodiscard("keep it: it holds the result of the work, or its error")]] ConcurrentFuture {
public:
    using value_type = T;

    explicit ConcurrentFuture(std::shared_ptr<detail::ConcurrentResult<T>> state)
        : state_(std::move(state)) {}

    bool done() const { return state_->done(); }
    bool running() const { return state_->state() == WorkState::running; }
    bool cancelled() const { return state_->state() == WorkState::cancelled; }
    WorkState state() const { return state_->state(); }

    /// Cancels work that has not started. Work that is running on a thread continues, and cancel() returns
    /// false; the task of run_coroutine_threadsafe() is cancelled.
    bool cancel() const { return state_->cancel(); }

    /// Blocks the thread until it is done; returns the result or raises the error: CancelledError if it was
    /// cancelled, TimeoutError if `timeout` passed first. In a program without threads it runs the queued
    /// work itself. Raises RuntimeError if it would wait forever: on the thread of the loop that must
    /// complete it.
    detail::ResultSlot<T>::Copied result(std::optional<Delay> timeout = {}) const {
        wait(timeout);
        state_->rethrow_if_failed();
        return state_->slot().copy();
    }
    /// The same for the error; null if there is a result.
    std::exception_ptr exception(std::optional<Delay> timeout = {}) const {
        wait(timeout);
        return state_->exception();
    }

    /// Calls `function(ConcurrentFuture)`, or `function()`, once it is done: on the thread that completes it,
    /// or immediately if it is already done. An exception from the function is written to stderr.
    template <class F> void add_done_callback(F function) const {
        if constexpr (std::invocable<F&>)
            state_->add_done_callback(std::move(function));
        else
            state_->add_done_callback(
                [function = std::move(function), weak = std::weak_ptr(state_.ref())]() mutable {
                    if (auto state = weak.lock()) function(ConcurrentFuture(std::move(state)));
                });
    }

    /// The internal representation.
    const std::shared_ptr<detail::ConcurrentResult<T>>& ref() const { return state_.ref(); }

private:
    void wait(const std::optional<Delay>& timeout) const {
        std::optional<double> seconds;
        if (timeout) seconds = timeout->seconds();
        if (!state_->wait(seconds))
            throw TimeoutError("the work did not finish within the timeout and keeps running");
    }

    detail::Checked<std::shared_ptr<detail::ConcurrentResult<T>>> state_;
};

} // namespace asyncio
