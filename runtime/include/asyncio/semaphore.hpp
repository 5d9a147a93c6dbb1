#pragma once

#include <asyncio/detail/deferred.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/scoped.hpp>

#include <coroutine>
#include <exception>

namespace asyncio {

/// Lets at most so many tasks in at a time, in the order of asking: nobody overtakes a task that
/// was woken but has not run yet. It must outlive the tasks that wait for it.
class Semaphore {
public:
    /// Raises ValueError for a negative value.
    explicit Semaphore(int value = 1);
    virtual ~Semaphore() = default;
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

    class [[nodiscard("co_await semaphore.acquire()")]] Acquire;

    /// Suspends while no slot is free; release() wakes the first in line. A task cancelled as it is
    /// woken passes its slot on.
    Acquire acquire();

    /// Frees a slot and wakes the first in line, which runs in the next turn.
    virtual void release();

    /// Whether acquire() would suspend.
    bool locked() noexcept;

    /// `auto held = co_await semaphore.scoped();`: acquires, and releases when `held` goes.
    Scoped<Semaphore> scoped();

    Acquire aenter();
    void aexit(const std::exception_ptr&) { release(); }

protected:
    int value() const noexcept { return value_; }

private:
    friend class Acquire;
    bool wake_next();

    detail::WaitQueue waiters_{AwaitedKind::semaphore, this};
    int value_;
};

class Semaphore::Acquire {
public:
    explicit Acquire(Semaphore& semaphore) : semaphore_(semaphore) {}

    bool await_ready() {
        if (semaphore_.locked()) return detail::opaque(false);
        --semaphore_.value_;
        return true;
    }

    void await_suspend(std::coroutine_handle<> caller) {
        waiter_.emplace(semaphore_.waiters_);
        wait_.suspend(*waiter_, caller);
    }

    bool await_resume() {
        if (waiter_) finish_wait();
        return true;
    }

private:
    void finish_wait();

    Semaphore& semaphore_;
    detail::Deferred<detail::QueuedWaiter> waiter_;
    detail::FutureWait wait_;
};

inline Semaphore::Acquire Semaphore::acquire() { return Acquire(*this); }
inline Semaphore::Acquire Semaphore::aenter() { return Acquire(*this); }
inline Scoped<Semaphore> Semaphore::scoped() { return Scoped<Semaphore>(*this); }

/// A semaphore that raises ValueError when it is released more often than acquired.
class BoundedSemaphore final : public Semaphore {
public:
    explicit BoundedSemaphore(int value = 1) : Semaphore(value), bound_(value) {}
    void release() override;

private:
    int bound_;
};

} // namespace asyncio
