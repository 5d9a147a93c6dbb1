#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/semaphore.hpp>

namespace asyncio {

Semaphore::Semaphore(int value) : value_(value) {
    if (value < 0)
        throw ValueError("a Semaphore's value must be 0 or more: it is how many may be in at a time");
}

bool Semaphore::locked() noexcept { return value_ == 0 || !waiters_.all_cancelled(); }

void Semaphore::release() {
    ++value_;
    wake_next();
}

bool Semaphore::wake_next() {
    detail::QueuedWaiter* next = waiters_.first_pending();
    if (next == nullptr) return false;
    // The slot is taken on behalf of who is woken: nobody can come between.
    --value_;
    next->wake();
    return true;
}

void Semaphore::Acquire::finish_wait() {
    waiter_->leave();
    // Those who came meanwhile had to queue although a slot may be free.
    const detail::Finally wake_others([this] {
        while (semaphore_.value_ > 0 && semaphore_.wake_next()) {
        }
    });
    try {
        wait_.resumed(*waiter_);
    } catch (const CancelledError&) {
        if (!waiter_->cancelled()) ++semaphore_.value_; // woken with a slot that it does not take
        throw;
    }
}

void BoundedSemaphore::release() {
    if (value() >= bound_)
        throw ValueError("BoundedSemaphore released too often: each release() needs its own acquire()");
    Semaphore::release();
}

} // namespace asyncio
