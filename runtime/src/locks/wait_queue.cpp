#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>

namespace asyncio::detail {

bool WaitQueue::all_cancelled() noexcept {
    return std::ranges::all_of(waiters_, [](const QueuedWaiter& waiter) { return waiter.cancelled(); });
}

QueuedWaiter* WaitQueue::first() noexcept { return waiters_.empty() ? nullptr : &waiters_.front(); }

QueuedWaiter* WaitQueue::first_pending() noexcept {
    const auto pending = std::ranges::find_if_not(waiters_, &QueuedWaiter::done);
    return pending == waiters_.end() ? nullptr : &*pending;
}

void WaitQueue::wake(std::size_t most) noexcept {
    for (QueuedWaiter& waiter : waiters_) {
        if (most == 0) return;
        if (waiter.done()) continue;
        waiter.wake();
        --most;
    }
}

std::size_t WaitQueue::size() noexcept { return static_cast<std::size_t>(std::ranges::distance(waiters_)); }

AwaitedThing WaitQueue::awaited_thing() const {
    AwaitedThing thing{.kind = kind_, .identity = primitive_};
    if (holder_) thing.holders.emplace_back(holder_);
    return thing;
}

const void* WaitQueue::gives_turns() const noexcept {
    switch (kind_) {
    case AwaitedKind::lock:
    case AwaitedKind::semaphore:
    case AwaitedKind::queue_get:
    case AwaitedKind::queue_put: return primitive_;
    default: return nullptr;
    }
}

QueuedWaiter::QueuedWaiter(WaitQueue& queue) : Waiter(get_running_loop()), queue_(queue) {
    queue.waiters_.push_back(*this);
}

} // namespace asyncio::detail
