#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/event_loop.hpp>

namespace asyncio::detail {

bool WaitQueue::all_cancelled() noexcept {
    for (QueuedWaiter& waiter : waiters_)
        if (!waiter.cancelled()) return false;
    return true;
}

QueuedWaiter* WaitQueue::first() noexcept { return waiters_.empty() ? nullptr : &waiters_.front(); }

QueuedWaiter* WaitQueue::first_pending() noexcept {
    for (QueuedWaiter& waiter : waiters_)
        if (!waiter.done()) return &waiter;
    return nullptr;
}

void WaitQueue::wake(std::size_t most) noexcept {
    for (QueuedWaiter& waiter : waiters_) {
        if (most == 0) return;
        if (waiter.done()) continue;
        waiter.wake();
        --most;
    }
}

std::size_t WaitQueue::size() noexcept {
    std::size_t count = 0;
    for ([[maybe_unused]] QueuedWaiter& waiter : waiters_) ++count;
    return count;
}

std::string WaitQueue::describe() const {
    return holder_ ? std::string(kind_) + " held by task '" + holder_->name() + "'" : kind_;
}

QueuedWaiter::QueuedWaiter(WaitQueue& queue) : Waiter(get_running_loop()), queue_(queue) {
    queue.waiters_.push_back(*this);
}

} // namespace asyncio::detail
