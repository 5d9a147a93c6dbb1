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

/// The semaphore's state, owned jointly by the semaphore, its waiters and its holders.
class SemaphoreState final : public RefCounted, public Pooled {
public:
    /// `most`: the maximum value; unlock() beyond it raises ValueError.
    SemaphoreState(int value, int most);

    bool locked() noexcept { return value_ == 0 || !waiters_.all_cancelled(); }
    void take() noexcept { --value_; }
    void unlock();
    /// Takes back a slot that was given to a task which no longer needs it.
    void give_back() noexcept { ++value_; }
    /// Wakes waiters that queued in the meantime, although a slot may be free.
    void wake_while_free();
    WaitQueue& waiters() noexcept { return waiters_; }

private:
    bool wake_next();

    WaitQueue waiters_{AwaitedKind::semaphore, this};
    int value_;
    int most_;
};

} // namespace detail

/// Admits a limited number of tasks at a time, in FIFO order: no task overtakes one that was woken but has
/// not run yet. The state outlives the object: tasks that wait for a slot, or hold one by scoped(), are not
/// affected when the object is destroyed or moved.
class Semaphore : public detail::SharesState {
public:
    using State = detail::SemaphoreState;

    /// Raises ValueError for a negative value.
    explicit Semaphore(int value = 1);
    Semaphore(Semaphore&&) noexcept = default;
    Semaphore& operator=(Semaphore&&) noexcept = default;
    ~Semaphore() = default;

    class [[nodiscard("co_await semaphore.acquire()")]] Acquire;

    /// Suspends while no slot is free; release() wakes the first waiter. A task that is cancelled as it is
    /// woken passes its slot on.
    Acquire acquire();

    /// Frees a slot and wakes the first waiter, which runs in the next turn.
    void release() { state_->unlock(); }

    /// Whether acquire() would suspend.
    bool locked() { return state_->locked(); }

    /// `auto held = co_await semaphore.scoped();`: acquires, and releases when `held` is destroyed.
    Scoped<Semaphore> scoped();

    Acquire aenter();
    void aexit(const std::exception_ptr&) { release(); }

    /// The AwaitedThing::identity of the tasks that wait for it.
    const void* id() const { return state_.ref().get(); }

protected:
    Semaphore(int value, int most) : state_(detail::make_shared_state<State>(value, most)) {}
    Semaphore(const Semaphore&) = default;

private:
    friend detail::Sharing;
    detail::Shared<State> state_;
};

class Semaphore::Acquire : public detail::LoopAwaiter {
public:
    explicit Acquire(detail::Ref<State> semaphore) : semaphore_(std::move(semaphore)) {}

    bool await_ready() {
        if (semaphore_->locked()) return detail::opaque(false);
        semaphore_->take();
        return true;
    }

    void await_suspend(std::coroutine_handle<> caller) {
        waiter_.emplace(semaphore_->waiters());
        wait_.suspend(*waiter_, caller);
    }

    bool await_resume() {
        if (waiter_) finish_wait();
        return true;
    }

private:
    void finish_wait();

    detail::Shared<State> semaphore_;
    detail::Deferred<detail::QueuedWaiter> waiter_;
    detail::FutureWait wait_;
};

inline Semaphore::Acquire Semaphore::acquire() { return Acquire(state_.ref()); }
inline Semaphore::Acquire Semaphore::aenter() { return acquire(); }
inline Scoped<Semaphore> Semaphore::scoped() { return Scoped<Semaphore>(state_.ref(), acquire()); }

/// A semaphore that raises ValueError if it is released more often than acquired.
class BoundedSemaphore final : public Semaphore {
public:
    explicit BoundedSemaphore(int value = 1) : Semaphore(value, value) {}
    BoundedSemaphore(BoundedSemaphore&&) noexcept = default;
    BoundedSemaphore& operator=(BoundedSemaphore&&) noexcept = default;
    ~BoundedSemaphore() = default;

private:
    friend detail::Sharing;
    BoundedSemaphore(const BoundedSemaphore&) = default;
};

} // namespace asyncio
