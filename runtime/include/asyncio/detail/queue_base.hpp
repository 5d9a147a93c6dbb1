#pragma once

#include <asyncio/detail/queued_wait.hpp>
#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/event.hpp>

#include <cstddef>
#include <utility>

namespace asyncio {
template <class T> class Coro;

namespace detail {

/// The common part of all queues, independent of items and order: the state, owned jointly by the queue and
/// its waiters.
class QueueBase : public RefCounted {
public:
    std::ptrdiff_t maxsize() const noexcept { return maxsize_; }
    void task_done();
    static Coro<void> join(Ref<QueueBase> self);

protected:
    explicit QueueBase(std::ptrdiff_t maxsize);

    bool is_full(std::size_t size) const noexcept {
        return maxsize_ > 0 && std::cmp_greater_equal(size, maxsize_);
    }
    void refuse_if_shut_down() const {
        if (shut_down_) [[unlikely]]
            throw_shut_down();
    }
    [[noreturn]] static void throw_shut_down();
    [[noreturn]] static void throw_full();
    [[noreturn]] static void throw_empty();

    void item_put() {
        if (unfinished_++ == 0) finished_->clear();
        wake_next(getters_);
    }
    static void wake_next(WaitQueue& waiters) {
        if (!waiters.empty()) wake_first(waiters);
    }
    /// `waiter` cannot use its turn: if it was woken, the next waiter is woken instead.
    static void pass_on(WaitQueue& waiters, QueuedWaiter& waiter);
    void shut_down(bool immediate, std::size_t dropped);

    WaitQueue getters_{AwaitedKind::queue_get, this};
    WaitQueue putters_{AwaitedKind::queue_put, this};

private:
    static void wake_first(WaitQueue& waiters);

    std::ptrdiff_t maxsize_;
    std::size_t unfinished_ = 0;
    Ref<EventState> finished_ = make_ref<EventState>(AwaitedKind::queue_join, this);
    bool shut_down_ = false;
};

} // namespace detail
} // namespace asyncio
