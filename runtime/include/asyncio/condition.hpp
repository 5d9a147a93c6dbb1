#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/lock.hpp>
#include <asyncio/scoped.hpp>

#include <cstddef>
#include <exception>
#include <utility>

namespace asyncio {

class Barrier;

/// Tasks wait, holding a lock, for another to notify them that something has changed.
class Condition {
public:
    using Acquire = Lock::Acquire;

    /// With a lock of its own.
    Condition() : lock_(&own_lock_) {}
    /// With a lock shared with others, which must outlive the condition.
    explicit Condition(Lock& lock) : lock_(&lock) {}
    Condition(const Condition&) = delete;
    Condition& operator=(const Condition&) = delete;
    ~Condition() = default;

    Acquire acquire() { return lock_->acquire(); }
    void release() { lock_->release(); }
    bool locked() const noexcept { return lock_->locked(); }

    /// Releases the lock, suspends until notified, and acquires the lock again, which may suspend a
    /// second time. Cancelled, it still acquires the lock before it raises, and hands a notification
    /// it got to the next. It may return without a notification: check the state again, or use
    /// wait_for(). Raises RuntimeError when the lock is not held.
    Coro<bool> wait();

    /// Waits until `predicate()` is true, and gives its value.
    template <class Predicate> auto wait_for(Predicate predicate) -> Coro<decltype(predicate())> {
        auto result = predicate();
        while (!result) {
            co_await wait();
            result = predicate();
        }
        co_return result;
    }

    /// Wakes at most `n` waiting tasks, which go on once they have the lock. Raises RuntimeError when
    /// the lock is not held.
    void notify(std::size_t n = 1);
    void notify_all();

    /// `auto held = co_await condition.scoped();`: holds the lock for a scope.
    Scoped<Condition> scoped() { return Scoped<Condition>(*this); }

    Acquire aenter() { return acquire(); }
    void aexit(const std::exception_ptr&) { release(); }

private:
    friend class Barrier;
    explicit Condition(const Barrier& barrier)
        : lock_(&own_lock_), waiters_(AwaitedKind::barrier, &barrier) {}
    class Notified;

    Lock own_lock_;
    Lock* lock_;
    detail::WaitQueue waiters_{AwaitedKind::condition, this};
};

} // namespace asyncio
