#include <asyncio/coro.hpp>
#include <asyncio/detail/queue_base.hpp>
#include <asyncio/error.hpp>

namespace asyncio::detail {

QueueBase::QueueBase(std::ptrdiff_t maxsize) : maxsize_(maxsize) { finished_->set(); }

void QueueBase::task_done() {
    if (unfinished_ == 0)
        throw ValueError("task_done() called too many times: call it once for each item from get()");
    if (--unfinished_ == 0) finished_->set();
}

Coro<void> QueueBase::join(Ref<QueueBase> self) {
    if (self->unfinished_ > 0) co_await EventWait(self->finished_);
}

void QueueBase::throw_shut_down() {
    throw QueueShutDown("the queue was shut down: it accepts and returns no more items (catch QueueShutDown "
                        "to end the loop that uses it)");
}

void QueueBase::throw_full() {
    throw QueueFull("put_nowait() on a full queue: co_await put() waits for room");
}

void QueueBase::throw_empty() {
    throw QueueEmpty("get_nowait() on an empty queue: co_await get() waits for an item");
}

void QueueBase::wake_first(WaitQueue& waiters) {
    // A woken waiter leaves the queue at once, and so do the cancelled ones before it.
    while (QueuedWaiter* waiter = waiters.first()) {
        waiter->leave();
        if (waiter->done()) continue;
        waiter->wake();
        return;
    }
}

void QueueBase::pass_on(WaitQueue& waiters, QueuedWaiter& waiter) {
    if (!waiter.cancelled()) wake_next(waiters);
}

void QueueBase::shut_down(bool immediate, std::size_t dropped) {
    shut_down_ = true;
    if (immediate) {
        unfinished_ -= dropped < unfinished_ ? dropped : unfinished_;
        if (unfinished_ == 0) finished_->set();
    }
    while (QueuedWaiter* waiter = getters_.first()) {
        waiter->leave();
        waiter->wake();
    }
    while (QueuedWaiter* waiter = putters_.first()) {
        waiter->leave();
        waiter->wake();
    }
}

} // namespace asyncio::detail
