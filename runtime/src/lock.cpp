#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/lock.hpp>

namespace asyncio {

void Lock::release() {
    if (!locked_) throw RuntimeError("release() of a lock that nobody holds: acquire() it first");
    locked_ = false;
    waiters_.set_holder(nullptr);
    wake_first();
}

void Lock::take() {
    locked_ = true;
    waiters_.set_holder(get_running_loop().current_task());
}

void Lock::wake_first() {
    // Woken already, the first has its turn: nobody else may be woken for the same release.
    if (detail::QueuedWaiter* first = waiters_.first()) first->wake();
}

void Lock::Acquire::finish_wait() {
    waiter_->leave();
    try {
        wait_.resumed(*waiter_);
    } catch (const CancelledError&) {
        // Handed the lock but not taking it: the next in line gets it.
        if (!lock_.locked_) lock_.wake_first();
        throw;
    }
    lock_.take();
}

} // namespace asyncio
