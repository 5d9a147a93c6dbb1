#pragma once

#include <asyncio/detail/deferred.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/wait_queue.hpp>

#include <coroutine>

namespace asyncio {
namespace detail {
class QueueBase;
}

/// A flag that tasks wait for. It must outlive them.
class Event {
public:
    Event() : Event(AwaitedKind::event, this) {}

    class [[nodiscard("co_await event.wait()")]] Wait;

    /// Suspends until set() is called; at once through when it is set. Always gives true. A task
    /// woken by set() goes on even if clear() comes before it runs.
    Wait wait();

    /// Sets the flag and wakes every waiter; they run in the next turn.
    void set();
    void clear() noexcept { set_ = false; }
    bool is_set() const noexcept { return set_; }

private:
    friend class Wait;
    friend class detail::QueueBase;
    Event(AwaitedKind kind, const void* primitive) : waiters_(kind, primitive) {}

    detail::WaitQueue waiters_;
    bool set_ = false;
};

class Event::Wait {
public:
    explicit Wait(Event& event) : event_(event) {}
    bool await_ready() const noexcept { return detail::opaque(event_.set_); }
    void await_suspend(std::coroutine_handle<> caller) {
        waiter_.emplace(event_.waiters_);
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
    Event& event_;
    detail::Deferred<detail::QueuedWaiter> waiter_;
    detail::FutureWait wait_;
};

inline Event::Wait Event::wait() { return Wait(*this); }

} // namespace asyncio
