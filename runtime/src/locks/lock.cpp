#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/lock.hpp>

namespace asyncio {
namespace detail {

void LockState::unlock() {
    if (!locked_) throw RuntimeError("release() of a lock that is not held: call acquire() first");
    locked_ = false;
    waiters_.set_holder(nullptr);
    wake_first();
}

void LockState::take() {
    locked_ = true;
    waiters_.set_holder(get_running_loop().current_task());
}

void LockState::wake_first() {
    // If the first waiter is already woken, it keeps its turn: no other may be woken for the same release.
    if (QueuedWaiter* first = waiters_.first()) first->wake();
}

void throw_moved_from() { throw RuntimeError("this object was moved from: use the object it was moved to"); }

} // namespace detail

void Lock::Acquire::finish_wait() {
    waiter_->leave();
    try {
        wait_.resumed(*waiter_);
    } catch (const CancelledError&) {
        // It was given the lock but does not take it: the next waiter gets it.
        if (!lock_->locked()) lock_->wake_first();
        throw;
    }
    lock_->take();
}

} // namespace asyncio
