#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/semaphore.hpp>

#include <limits>

namespace asyncio {
namespace detail {

SemaphoreState::SemaphoreState(int value, int most) : value_(value), most_(most) {
    if (value < 0)
        throw ValueError(
            "a Semaphore's initial value must be 0 or more: it is how many tasks can hold it at a time");
}

void SemaphoreState::unlock() {
    if (value_ >= most_)
        throw ValueError("BoundedSemaphore released too many times: each release() needs its own acquire()");
    ++value_;
    wake_next();
}

void SemaphoreState::wake_while_free() {
    while (value_ > 0 && wake_next()) {
    }
}

bool SemaphoreState::wake_next() {
    QueuedWaiter* next = waiters_.first_pending();
    if (next == nullptr) return false;
    // The slot is taken on behalf of the woken task, so that no other can take it first.
    --value_;
    next->wake();
    return true;
}

} // namespace detail

Semaphore::Semaphore(int value) : Semaphore(value, std::numeric_limits<int>::max()) {}

void Semaphore::Acquire::finish_wait() {
    waiter_->leave();
    const detail::Finally wake_others([this] { semaphore_->wake_while_free(); });
    try {
        wait_.resumed(*waiter_);
    } catch (const CancelledError&) {
        if (!waiter_->cancelled()) semaphore_->give_back(); // woken with a slot that it does not take
        throw;
    }
}

} // namespace asyncio
