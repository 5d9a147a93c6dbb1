#include <asyncio/condition.hpp>
#include <asyncio/detail/error_of.hpp>
#include <asyncio/error.hpp>

#include <coroutine>

namespace asyncio {

/// Awaits a place in the queue that exists already: taken before the lock is released.
class Condition::Notified {
public:
    explicit Notified(detail::QueuedWaiter& waiter) : waiter_(waiter) {}
    bool await_ready() const noexcept { return waiter_.done(); }
    void await_suspend(std::coroutine_handle<> caller) { wait_.suspend(waiter_, caller); }
    void await_resume() {
        waiter_.leave();
        wait_.resumed(waiter_);
    }

private:
    detail::QueuedWaiter& waiter_;
    detail::FutureWait wait_;
};

Coro<bool> Condition::wait() {
    if (!locked()) throw RuntimeError("wait() on a condition whose lock is not held: acquire it first");
    std::exception_ptr error;
    release();
    try {
        detail::QueuedWaiter waiter(waiters_);
        co_await Notified(waiter);
    } catch (const CancelledError&) {
        error = std::current_exception();
    }
    // The lock is held again on every way out, however often the task is cancelled meanwhile.
    while (const std::exception_ptr cancelled = co_await detail::error_of(acquire())) error = cancelled;
    if (error) {
        // It may have been notified before it was cancelled: the next one gets the notification.
        waiters_.wake(1);
        std::rethrow_exception(error);
    }
    co_return true;
}

void Condition::notify(std::size_t n) {
    if (!locked()) throw RuntimeError("notify() on a condition whose lock is not held: acquire it first");
    waiters_.wake(n);
}

void Condition::notify_all() { notify(waiters_.size()); }

} // namespace asyncio
