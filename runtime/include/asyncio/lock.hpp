#pragma once

#include <asyncio/detail/deferred.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/scoped.hpp>

#include <coroutine>
#include <exception>

namespace asyncio {

/// A mutex between tasks, handed over in the order of asking.
///
/// A task that is cancelled while it waits, or as it is handed the lock, passes it on. Tasks that
/// wait when the lock is destroyed wait for ever: it must outlive them.
class Lock {
public:
    Lock() = default;

    class [[nodiscard("co_await lock.acquire()")]] Acquire;

    /// Suspends while another task holds the lock; release() wakes the first in line.
    Acquire acquire();

    /// Gives the lock up and wakes the first in line, which runs in the next turn. Raises
    /// RuntimeError when nobody holds it.
    void release();

    bool locked() const noexcept { return locked_; }

    /// `auto held = co_await lock.scoped();`: acquires, and releases when `held` goes.
    Scoped<Lock> scoped();

    Acquire aenter();
    void aexit(const std::exception_ptr&) { release(); }

private:
    friend class Acquire;
    void take();
    void wake_first();

    detail::WaitQueue waiters_{AwaitedKind::lock, this};
    bool locked_ = false;
};

class Lock::Acquire {
public:
    explicit Acquire(Lock& lock) : lock_(lock) {}

    bool await_ready() {
        if (lock_.locked_ || !lock_.waiters_.all_cancelled()) return detail::opaque(false);
        lock_.take();
        return true;
    }

    void await_suspend(std::coroutine_handle<> caller) {
        waiter_.emplace(lock_.waiters_);
        wait_.suspend(*waiter_, caller);
    }

    bool await_resume() {
        if (!waiter_) return true;
        finish_wait();
        return true;
    }

private:
    void finish_wait();

    Lock& lock_;
    detail::Deferred<detail::QueuedWaiter> waiter_;
    detail::FutureWait wait_;
};

inline Lock::Acquire Lock::acquire() { return Acquire(*this); }
inline Lock::Acquire Lock::aenter() { return Acquire(*this); }
inline Scoped<Lock> Lock::scoped() { return Scoped<Lock>(*this); }

} // namespace asyncio
