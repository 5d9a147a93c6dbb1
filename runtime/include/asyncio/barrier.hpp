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

/// The barrier itself, kept by who waits at it.
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

/// A point at which a fixed number of tasks wait for one another, again and again. It lives on for those
/// who wait, when the object itself goes, or moves.
class Barrier : public detail::SharesState {
public:
    /// Raises ValueError for less than one party.
    explicit Barrier(int parties) : state_(detail::make_shared_state<detail::Meeting>(parties)) {}
    Barrier(Barrier&&) noexcept = default;
    Barrier& operator=(Barrier&&) noexcept = default;
    ~Barrier() = default;

    /// Suspends until `parties` tasks are here, then all go on; gives each its number, from 0, in the
    /// order of arrival. Newcomers wait until the barrier has drained. A task cancelled while it
    /// fills gives its place back. Raises BrokenBarrierError when it is aborted or reset meanwhile.
    Coro<int> wait() { return detail::Meeting::wait(state_.ref()); }

    /// Makes those who wait raise BrokenBarrierError and the barrier fill anew.
    Coro<> reset() { return detail::Meeting::reset(state_.ref()); }
    /// Makes those who wait, and who will, raise BrokenBarrierError, until reset().
    Coro<> abort() { return detail::Meeting::abort(state_.ref()); }

    int parties() const { return state_->parties(); }
    /// How many wait while it fills, else 0.
    int n_waiting() const { return state() == BarrierState::filling ? state_->count() : 0; }
    bool broken() const { return state() == BarrierState::broken; }
    BarrierState state() const { return state_->state(); }

    Coro<int> aenter() { return wait(); }
    void aexit(const std::exception_ptr&) noexcept {}

    /// AwaitedThing::identity of who waits for it.
    const void* id() const { return state_.ref().get(); }

private:
    friend detail::Sharing;
    Barrier(const Barrier&) = default;
    detail::Shared<detail::Meeting> state_;
};

} // namespace asyncio
