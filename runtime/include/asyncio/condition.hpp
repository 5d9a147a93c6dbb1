#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/wait_queue.hpp>
#include <asyncio/lock.hpp>
#include <asyncio/scoped.hpp>

#include <cstddef>
#include <exception>
#include <utility>

namespace asyncio {
class Condition;

namespace detail {

/// The condition itself, kept by who waits for it and who holds its lock.
class ConditionState final : public RefCounted, public Pooled {
public:
    explicit ConditionState(Ref<LockState> lock)
        : ConditionState(std::move(lock), AwaitedKind::condition, this) {}
    /// One that stands for something else in reports.
    ConditionState(Ref<LockState> lock, AwaitedKind kind, const void* primitive)
        : lock_(std::move(lock)), waiters_(kind, primitive) {}

    const Ref<LockState>& lock() const noexcept { return lock_; }
    void unlock() { lock_->unlock(); }
    bool locked() const noexcept { return lock_->locked(); }
    void notify(std::ptrdiff_t n);
    void notify_all();

    static Coro<bool> wait(Ref<ConditionState> self);
    template <class Predicate>
    static auto wait_for(Ref<ConditionState> self, Predicate predicate) -> Coro<decltype(predicate())> {
        auto result = predicate();
        while (!result) {
            co_await wait(self);
            result = predicate();
        }
        co_return result;
    }

private:
    Ref<LockState> lock_;
    WaitQueue waiters_;
};

/// Holds the condition's lock for a scope.
Scoped<Condition> scoped(const Ref<ConditionState>& condition);

} // namespace detail

/// Tasks wait, holding a lock, for another to notify them that something has changed. It lives on for
/// those who wait for it, when the object itself goes, or moves.
class Condition : public detail::SharesState {
public:
    using State = detail::ConditionState;
    using Acquire = Lock::Acquire;

    /// With a lock of its own.
    Condition() : Condition(detail::make_ref<detail::LockState>()) {}
    /// With a lock shared with others.
    explicit Condition(Lock& lock) : Condition(lock.state_.ref()) {}
    Condition(Condition&&) noexcept = default;
    Condition& operator=(Condition&&) noexcept = default;
    ~Condition() = default;

    Acquire acquire() { return Acquire(state_->lock()); }
    void release() { state_->unlock(); }
    bool locked() const { return state_->locked(); }

    /// Releases the lock, suspends until notified, and acquires the lock again, which may suspend a
    /// second time. Cancelled, it still acquires the lock before it raises, and hands a notification
    /// it got to the next. It may return without a notification: check the state again, or use
    /// wait_for(). Raises RuntimeError when the lock is not held.
    Coro<bool> wait() { return State::wait(state_.ref()); }

    /// Waits until `predicate()` is true, and gives its value.
    template <class Predicate> auto wait_for(Predicate predicate) -> Coro<decltype(predicate())> {
        return State::wait_for(state_.ref(), std::move(predicate));
    }

    /// Wakes at most `n` waiting tasks, none for a negative `n`, which go on once they have the lock. Raises RuntimeError when
    /// the lock is not held.
    void notify(std::ptrdiff_t n = 1) { state_->notify(n); }
    void notify_all() { state_->notify_all(); }

    /// `auto held = co_await condition.scoped();`: holds the lock for a scope.
    Scoped<Condition> scoped();

    Acquire aenter() { return acquire(); }
    void aexit(const std::exception_ptr&) { release(); }

    /// AwaitedThing::identity of who waits for it.
    const void* id() const { return state_.ref().get(); }

private:
    friend detail::Sharing;
    explicit Condition(detail::Ref<detail::LockState> lock)
        : state_(detail::make_shared_state<State>(std::move(lock))) {}
    Condition(const Condition&) = default;

    detail::Shared<State> state_;
};

inline Scoped<Condition> detail::scoped(const Ref<ConditionState>& condition) {
    return {condition, Lock::Acquire(condition->lock())};
}
inline Scoped<Condition> Condition::scoped() { return detail::scoped(state_.ref()); }

} // namespace asyncio
