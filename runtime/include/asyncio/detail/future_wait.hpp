#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/resume_point.hpp>

#include <concepts>
#include <coroutine>
#include <utility>

namespace asyncio::detail {

/// Suspends the current task until a future is done. Cancelling the task cancels the future.
class FutureWait {
public:
    /// The task resumes in the turn after the one in which `future` completes.
    void suspend(FutureBase& future, std::coroutine_handle<> caller);

    /// For await_resume(): raises CancelledError if the task is to be cancelled, whatever the future's
    /// outcome; otherwise the future's error, if it has one. Raises RuntimeError if the task waits for
    /// itself.
    void resumed(FutureBase& future) {
        if (task_ != nullptr) throw_if_stopped(*task_, future);
        if (!future.has_result()) future.rethrow_if_failed();
    }

    /// The task that was suspended, null if it was not.
    TaskBase* task() const noexcept { return task_; }

private:
    static void throw_if_stopped(TaskBase& task, FutureBase& future);
    TaskBase* task_ = nullptr;
};

/// `co_await future`: does not suspend if the future is done.
template <class T> class [[nodiscard("co_await the future")]] FutureAwaiter : public LoopAwaiter {
public:
    explicit FutureAwaiter(Ref<FutureBase> future) : future_(std::move(future)) {}

    bool await_ready() const { return opaque(future_->done()); }
    void await_suspend(std::coroutine_handle<> caller) { wait_.suspend(*future_, caller); }
    ResultSlot<T>::Taken await_resume() {
        wait_.resumed(*future_);
        return static_cast<ResultSlot<T>*>(future_->result_slot())->take(future_->unique());
    }

private:
    Shared<FutureBase> future_;
    FutureWait wait_;
};

/// Waits for the completion of a future of unknown result type.
class [[nodiscard("co_await the future")]] FutureEndAwaiter : public LoopAwaiter {
public:
    explicit FutureEndAwaiter(Ref<FutureBase> future) : future_(std::move(future)) {}
    bool await_ready() const { return opaque(future_->done()); }
    void await_suspend(std::coroutine_handle<> caller) { wait_.suspend(*future_, caller); }
    void await_resume() { wait_.resumed(*future_); }

private:
    Shared<FutureBase> future_;
    FutureWait wait_;
};

} // namespace asyncio::detail
