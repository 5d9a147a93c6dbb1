#pragma once

#include <asyncio/await_graph.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/task_base.hpp>

#include <cstddef>

namespace asyncio::detail {

class QueuedWaiter;

/// The tasks that wait for a primitive, in the order of asking. Each leaves the queue when it
/// resumes, not when it is woken: until then its turn is kept.
class WaitQueue {
public:
    /// `kind` and `primitive` say in reports what is waited for.
    WaitQueue(AwaitedKind kind, const void* primitive) noexcept : primitive_(primitive), kind_(kind) {}

    /// Who keeps the others waiting, for reports; null: nobody in particular.
    void set_holder(TaskBase* holder) noexcept { holder_ = Ref(holder); }
    AwaitedThing awaited_thing() const;

    bool empty() const noexcept { return waiters_.empty(); }
    bool all_cancelled() noexcept;
    /// The first, woken or not; null when nobody waits.
    QueuedWaiter* first() noexcept;
    /// The first that is not woken or cancelled yet; null when there is none.
    QueuedWaiter* first_pending() noexcept;
    /// Wakes at most `most` of those not woken yet.
    void wake(std::size_t most) noexcept;
    std::size_t size() noexcept;
    /// The primitive, if its turns go by the order of asking.
    const void* gives_turns() const noexcept;

private:
    friend class QueuedWaiter;
    IntrusiveList<QueuedWaiter> waiters_;
    Ref<TaskBase> holder_;
    const void* primitive_;
    AwaitedKind kind_;
};

/// One task's place in a queue, in the frame of who waits.
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
