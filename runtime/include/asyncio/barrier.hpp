#pragma once

#include <asyncio/condition.hpp>
#include <asyncio/coro.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>

namespace asyncio {

enum class BarrierState : std::uint8_t { filling, draining, resetting, broken };
const char* to_string(BarrierState state) noexcept;

/// A point at which a fixed number of tasks wait for one another, again and again.
class Barrier {
public:
    /// Raises ValueError for less than one party.
    explicit Barrier(int parties);

    /// Suspends until `parties` tasks are here, then all go on; gives each its number, from 0, in the
    /// order of arrival. Newcomers wait until the barrier has drained. A task cancelled while it
    /// fills gives its place back. Raises BrokenBarrierError when it is aborted or reset meanwhile.
    Coro<int> wait();

    /// Makes those who wait raise BrokenBarrierError and the barrier fill anew.
    Coro<> reset();
    /// Makes those who wait, and who will, raise BrokenBarrierError, until reset().
    Coro<> abort();

    int parties() const noexcept { return parties_; }
    /// How many wait while it fills, else 0.
    int n_waiting() const noexcept { return state_ == BarrierState::filling ? count_ : 0; }
    bool broken() const noexcept { return state_ == BarrierState::broken; }
    BarrierState state() const noexcept { return state_; }

    Coro<int> aenter() { return wait(); }
    void aexit(const std::exception_ptr&) noexcept {}

private:
    Coro<> wait_to_enter();
    Coro<> wait_for_the_others();
    void leave();

    Condition changed_{*this};
    int parties_;
    int count_ = 0;
    BarrierState state_ = BarrierState::filling;
};

} // namespace asyncio
