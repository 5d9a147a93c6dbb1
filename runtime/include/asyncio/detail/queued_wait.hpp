#pragma once

#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/wait_queue.hpp>

#include <coroutine>

namespace asyncio::detail {

/// Suspends until a waiter, which is already in a queue, is woken. Woken or cancelled, it leaves the queue
/// when it resumes.
class QueuedWait : public LoopAwaiter {
public:
    explicit QueuedWait(QueuedWaiter& waiter) : waiter_(waiter) {}
    bool await_ready() const noexcept { return opaque(waiter_.done()); }
    void await_suspend(std::coroutine_handle<> caller) { wait_.suspend(waiter_, caller); }
    void await_resume() {
        waiter_.leave();
        // The usual case does not leave the program's module.
        const bool undisturbed = wait_.task() == nullptr || !wait_.task()->must_cancel();
        if (!undisturbed || !waiter_.has_result()) wait_.resumed(waiter_);
    }

private:
    QueuedWaiter& waiter_;
    FutureWait wait_;
};

} // namespace asyncio::detail
