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

/// The lock's state, owned jointly by the lock, its waiters and its holder.
class LockState final : public RefCounted, public Pooled {
public:
    void unlock();
    bool locked() const noexcept { return locked_; }
    bool is_free() noexcept { return !locked_ && waiters_.all_cancelled(); }
    void take();
    /// Passes the lock to the first waiter.
    void wake_first();
    WaitQueue& waiters() noexcept { return waiters_; }

private:
    WaitQueue waiters_{AwaitedKind::lock, this};
    bool locked_ = false;
};

} // namespace detail

/// A mutex for tasks, acquired in FIFO order.
///
/// A task that is cancelled while it waits, or as it is given the lock, passes the lock on. The state
/// outlives the object: tasks that wait for the lock, or hold it by scoped(), are not affected when the
/// object is destroyed or moved.
class Lock : public detail::SharesState {
public:
    using State = detail::LockState;

    Lock() : state_(detail::make_shared_state<State>()) {}
    Lock(Lock&&) noexcept = default;
    Lock& operator=(Lock&&) noexcept = default;
    ~Lock() = default;

    class [[nodiscard("co_await lock.acquire()")]] Acquire;

    /// Suspends while another task holds the lock; release() wakes the first waiter.
    Acquire acquire();

    /// Releases the lock and wakes the first waiter, which runs in the next turn. Raises RuntimeError if the
    /// lock is not held.
    void release() { state_->unlock(); }

    bool locked() const { return state_->locked(); }

    /// `auto held = co_await lock.scoped();`: acquires, and releases when `held` is destroyed.
    Scoped<Lock> scoped();

    Acquire aenter();
    void aexit(const std::exception_ptr&) { release(); }

    /// The AwaitedThing::identity of the tasks that wait for it.
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
