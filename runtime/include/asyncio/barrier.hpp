#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>

#include <cstdint>
#include <exception>

namespace asyncio {

enum class BarrierState : std::uint8_t { filling, draining, resetting, broken };
const char* to_string(BarrierState state) noexcept;

namespace detail {

class ConditionState;

/// The barrier's state, owned jointly by the barrier and the tasks that wait at it.
class Meeting final : public RefCounted {
public:
    explicit Meeting(int parties);
    ~Meeting() override;
    Meeting(const Meeting&) = delete;
    Meeting& operator=(const Meeting&) = delete;

    static Coro<int> wait(Ref<Meeting> self);
    static Coro<> reset(Ref<Meeting> self);
    static Coro<> abort(Ref<Meeting> self);

    int parties() const noexcept { return parties_; }
    int count() const noexcept { return count_; }
    BarrierState state() const noexcept { return state_; }

private:
    Coro<> wait_to_enter();
    Coro<> wait_for_the_others();
    void leave();

    Ref<ConditionState> changed_;
    int parties_;
    int count_ = 0;
    BarrierState state_ = BarrierState::filling;
};

} // namespace detail

/// A reusable point at which a fixed number of tasks wait for one another. The state outlives the object:
/// waiting tasks are not affected when the object is destroyed or moved.
class Barrier : public detail::SharesState {
public:
    /// Raises ValueError if `parties` is less than one.
    explicit Barrier(int parties) : state_(detail::make_shared_state<detail::Meeting>(parties)) {}
    Barrier(Barrier&&) noexcept = default;
    Barrier& operator=(Barrier&&) noexcept = default;
    ~Barrier() = default;

    /// Suspends until `parties` tasks are waiting; then all resume, and each gets its index, from 0, in order
    /// of arrival. Tasks that arrive while the barrier drains wait until it has drained. A task cancelled
    /// while the barrier fills gives up its place. Raises BrokenBarrierError if the barrier is aborted or
    /// reset in the meantime.
    Coro<int> wait() { return detail::Meeting::wait(state_.ref()); }

    /// Makes the waiting tasks raise BrokenBarrierError and resets the barrier to its empty state.
    Coro<> reset() { return detail::Meeting::reset(state_.ref()); }
    /// Makes current and future calls of wait() raise BrokenBarrierError, until reset().
    Coro<> abort() { return detail::Meeting::abort(state_.ref()); }

    int parties() const { return state_->parties(); }
    /// The number of waiting tasks while the barrier fills, else 0.
    int n_waiting() const { return state() == BarrierState::filling ? state_->count() : 0; }
    bool broken() const { return state() == BarrierState::broken; }
    BarrierState state() const { return state_->state(); }

    Coro<int> aenter() { return wait(); }
    void aexit(const std::exception_ptr&) noexcept {}

    /// The AwaitedThing::identity of the tasks that wait for it.
    const void* id() const { return state_.ref().get(); }

private:
    friend detail::Sharing;
    Barrier(const Barrier&) = default;
    detail::Shared<detail::Meeting> state_;
};

} // namespace asyncio
