#pragma once

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/task_base.hpp>

#include <cstddef>

namespace asyncio::detail {

class QueuedWaiter;

/// The tasks that wait for a primitive, in FIFO order. Each leaves the queue when it resumes, not when it is
/// woken: until then it keeps its turn.
class WaitQueue {
public:
    /// `kind` and `primitive` identify in reports what is waited for.
    WaitQueue(AwaitedKind kind, const void* primitive) noexcept : primitive_(primitive), kind_(kind) {}

    /// The task that blocks the others, for reports; null: none in particular.
    void set_holder(TaskBase* holder) noexcept { holder_ = Ref(holder); }
    AwaitedThing awaited_thing() const;

    bool empty() const noexcept { return waiters_.empty(); }
    bool all_cancelled() noexcept;
    /// The first waiter, woken or not; null if there is none.
    QueuedWaiter* first() noexcept;
    /// The first one that is not woken or cancelled yet; null if there is none.
    QueuedWaiter* first_pending() noexcept;
    /// Wakes at most `most` of those not woken yet.
    void wake(std::size_t most) noexcept;
    std::size_t size() noexcept;
    /// The primitive, if it serves its waiters in FIFO order.
    const void* gives_turns() const noexcept;

private:
    friend class QueuedWaiter;
    IntrusiveList<QueuedWaiter> waiters_;
    Ref<TaskBase> holder_;
    const void* primitive_;
    AwaitedKind kind_;
};

/// A task's place in a queue, stored in the frame of the waiting coroutine.
class QueuedWaiter final : public Waiter, public ListNode {
public:
    explicit QueuedWaiter(WaitQueue& queue);
    void leave() noexcept { unlink(); }
    AwaitedThing awaited_thing() override { return queue_.awaited_thing(); }
    const void* turns_given_by() const noexcept override { return queue_.gives_turns(); }

private:
    WaitQueue& queue_;
};

} // namespace asyncio::detail
