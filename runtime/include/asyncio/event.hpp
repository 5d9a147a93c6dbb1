#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/deferred.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/wait_queue.hpp>

#include <coroutine>
#include <utility>

namespace asyncio {
namespace detail {

/// The event's state, owned jointly by the event and its waiters.
class EventState final : public RefCounted, public Pooled {
public:
    EventState() : EventState(AwaitedKind::event, this) {}
    /// For another primitive, as which the event appears in reports.
    EventState(AwaitedKind kind, const void* primitive) : waiters_(kind, primitive) {}

    void set();
    void clear() noexcept { set_ = false; }
    bool is_set() const noexcept { return set_; }
    WaitQueue& waiters() noexcept { return waiters_; }

private:
    WaitQueue waiters_;
    bool set_ = false;
};

class [[nodiscard("co_await event.wait()")]] EventWait : public LoopAwaiter {
public:
    explicit EventWait(Ref<EventState> event) : event_(std::move(event)) {}
    bool await_ready() const { return opaque(event_->is_set()); }
    void await_suspend(std::coroutine_handle<> caller) {
        waiter_.emplace(event_->waiters());
        wait_.suspend(*waiter_, caller);
    }
    bool await_resume() {
        if (waiter_) {
            waiter_->leave();
            wait_.resumed(*waiter_);
        }
        return true;
    }

private:
    Shared<EventState> event_;
    Deferred<QueuedWaiter> waiter_;
    FutureWait wait_;
};

} // namespace detail

/// A flag that tasks wait for. The state outlives the object: waiting tasks are not affected when the object
/// is destroyed or moved.
class Event {
public:
    Event() : state_(detail::make_shared_state<detail::EventState>()) {}

    /// Suspends until set() is called; does not suspend if it is already set. Always returns true. A task
    /// woken by set() continues even if clear() is called before it runs.
    detail::EventWait wait() { return detail::EventWait(state_.ref()); }

    /// Sets the flag and wakes every waiter; they run in the next turn.
    void set() { state_->set(); }
    void clear() { state_->clear(); }
    bool is_set() const { return state_->is_set(); }

    Event(Event&&) noexcept = default;
    Event& operator=(Event&&) noexcept = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() = default;

    /// The AwaitedThing::identity of the tasks that wait for it.
    const void* id() const { return state_.ref().get(); }

private:
    detail::Shared<detail::EventState> state_;
};

} // namespace asyncio
