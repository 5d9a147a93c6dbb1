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

/// The condition's state, owned jointly by the condition, its waiters and the holder of its lock.
class ConditionState final : public RefCounted, public Pooled {
public:
    explicit ConditionState(Ref<LockState> lock)
        : ConditionState(std::move(lock), AwaitedKind::condition, this) {}
    /// For another primitive, as which the condition appears in reports.
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

/// Tasks that hold the lock wait for another task to notify them of a change. The state outlives the object:
/// waiting tasks are not affected when the object is destroyed or moved.
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

    /// Releases the lock, suspends until notified, and reacquires the lock, which may suspend again. When
    /// cancelled, it reacquires the lock before it raises, and passes a notification that it received to the
    /// next waiter. Spurious wakeups are possible: check the state again, or use wait_for(). Raises
    /// RuntimeError if the lock is not held.
    Coro<bool> wait() { return State::wait(state_.ref()); }

    /// Waits until `predicate()` is true, and returns its value.
    template <class Predicate> auto wait_for(Predicate predicate) -> Coro<decltype(predicate())> {
        return State::wait_for(state_.ref(), std::move(predicate));
    }

    /// Wakes at most `n` waiting tasks, none if `n` is negative; they continue once they have the lock.
    /// Raises RuntimeError if the lock is not held.
    void notify(std::ptrdiff_t n = 1) { state_->notify(n); }
    void notify_all() { state_->notify_all(); }

    /// `auto held = co_await condition.scoped();`: holds the lock for a scope.
    Scoped<Condition> scoped();

    Acquire aenter() { return acquire(); }
    void aexit(const std::exception_ptr&) { release(); }

    /// The AwaitedThing::identity of the tasks that wait for it.
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
