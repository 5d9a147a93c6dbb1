#pragma once

#include <asyncio/detail/awaitable.hpp>
#include <asyncio/detail/deferred.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/scoped.hpp>

#include <coroutine>
#include <exception>
#include <utility>

namespace asyncio {
namespace detail {

/// The lock itself, kept by who waits for it and who holds it.
class LockState final : public RefCounted, public Pooled {
public:
    void unlock();
    bool locked() const noexcept { return locked_; }
    bool is_free() noexcept { return !locked_ && waiters_.all_cancelled(); }
    void take();
    /// Hands it to the first in line.
    void wake_first();
    WaitQueue& waiters() noexcept { return waiters_; }

private:
    WaitQueue waiters_{AwaitedKind::lock, this};
    bool locked_ = false;
};

} // namespace detail

/// A mutex between tasks, handed over in the order of asking.
///
/// A task that is cancelled while it waits, or as it is handed the lock, passes it on. It lives on for
/// those who wait for it or hold it by scoped(), when the object itself goes, or moves.
class Lock : public detail::SharesState {
public:
    using State = detail::LockState;

    Lock() : state_(detail::make_shared_state<State>()) {}
    Lock(Lock&&) noexcept = default;
    Lock& operator=(Lock&&) noexcept = default;
    ~Lock() = default;

    class [[nodiscard("co_await lock.acquire()")]] Acquire;

    /// Suspends while another task holds the lock; release() wakes the first in line.
    Acquire acquire();

    /// Gives the lock up and wakes the first in line, which runs in the next turn. Raises
    /// RuntimeError when nobody holds it.
    void release() { state_->unlock(); }

    bool locked() const { return state_->locked(); }

    /// `auto held = co_await lock.scoped();`: acquires, and releases when `held` goes.
    Scoped<Lock> scoped();

    Acquire aenter();
    void aexit(const std::exception_ptr&) { release(); }

    /// AwaitedThing::identity of who waits for it.
    const void* id() const { return state_.ref().get(); }

private:
    friend detail::Sharing;
    friend class Condition;
    friend Scoped<Lock>;
    Lock(const Lock&) = default;
    detail::Shared<State> state_;
};

class Lock::Acquire : public detail::LoopAwaiter {
public:
    explicit Acquire(detail::Ref<State> lock) : lock_(std::move(lock)) {}

    bool await_ready() {
        if (!lock_->is_free()) return detail::opaque(false);
        lock_->take();
        return true;
    }

    void await_suspend(std::coroutine_handle<> caller) {
        waiter_.emplace(lock_->waiters());
        wait_.suspend(*waiter_, caller);
    }

    bool await_resume() {
        if (!waiter_) return true;
        finish_wait();
        return true;
    }

private:
    void finish_wait();

    detail::Shared<State> lock_;
    detail::Deferred<detail::QueuedWaiter> waiter_;
    detail::FutureWait wait_;
};

inline Lock::Acquire Lock::acquire() { return Acquire(state_.ref()); }
inline Lock::Acquire Lock::aenter() { return acquire(); }
inline Scoped<Lock> Lock::scoped() { return Scoped<Lock>(state_.ref(), acquire()); }

} // namespace asyncio
