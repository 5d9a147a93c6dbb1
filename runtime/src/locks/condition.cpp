#include <asyncio/condition.hpp>
#include <asyncio/detail/error_of.hpp>
#include <asyncio/detail/queued_wait.hpp>
#include <asyncio/error.hpp>

#include <algorithm>
#include <limits>

namespace asyncio::detail {

Coro<bool> ConditionState::wait(Ref<ConditionState> self) {
    if (!self->locked())
        throw RuntimeError("wait() on a condition whose lock is not held: acquire the lock first");
    std::exception_ptr error;
    self->unlock();
    try {
        QueuedWaiter waiter(self->waiters_);
        co_await QueuedWait(waiter);
    } catch (const CancelledError&) {
        error = std::current_exception();
    }
    // The lock is held again on every exit path, however often the task is cancelled in the meantime.
    while (const std::exception_ptr cancelled = co_await error_of(Lock::Acquire(self->lock_)))
        error = cancelled;
    if (error) {
        // It may have been notified before it was cancelled: the next waiter gets the notification.
        self->waiters_.wake(1);
        std::rethrow_exception(error);
    }
    co_return true;
}

void ConditionState::notify(std::ptrdiff_t n) {
    if (!locked())
        throw RuntimeError("notify() on a condition whose lock is not held: acquire the lock first");
    waiters_.wake(static_cast<std::size_t>(std::max<std::ptrdiff_t>(n, 0)));
}

void ConditionState::notify_all() { notify(std::numeric_limits<std::ptrdiff_t>::max()); }

} // namespace asyncio::detail
