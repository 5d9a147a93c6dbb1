#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/event_loop.hpp>

#include <cstdint>
#include <exception>
#include <optional>

namespace asyncio {

enum class TimeoutState : std::uint8_t { created, active, expiring, expired, finished };
const char* to_string(TimeoutState state) noexcept;

namespace detail {

/// The deadline's state, owned jointly by the Timeout and the task in its body.
class Deadline final : public RefCounted {
public:
    explicit Deadline(std::optional<double> when) : when_(when) {}
    ~Deadline() override;
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    std::optional<double> when() const noexcept { return when_; }
    void reschedule(std::optional<double> when);
    TimeoutState state() const noexcept { return state_; }
    void enter();
    void exit(const std::exception_ptr& error);

private:
    void expire();

    std::optional<double> when_;
    std::optional<Handle> timer_;
    Ref<TaskBase> task_;
    unsigned cancelling_before_ = 0;
    TimeoutState state_ = TimeoutState::created;
};

} // namespace detail

/// A deadline for the body of async_with(): when it passes, the task is cancelled at its co_await, and the
/// CancelledError that leaves the body becomes a TimeoutError. A cancel from elsewhere is passed on
/// unchanged.
class Timeout : public detail::SharesState {
public:
    /// `when` is on the loop's clock, in seconds; nullopt: no deadline.
    explicit Timeout(std::optional<double> when)
        : state_(detail::make_shared_state<detail::Deadline>(when)) {}
    Timeout(Timeout&&) noexcept = default;
    Timeout& operator=(Timeout&&) noexcept = default;
    ~Timeout() = default;

    std::optional<double> when() const { return state_->when(); }
    /// Changes the deadline. Raises RuntimeError outside the body, or if the deadline has passed.
    void reschedule(std::optional<double> when) { state_->reschedule(when); }
    /// Whether the deadline has passed.
    bool expired() const { return state() == TimeoutState::expiring || state() == TimeoutState::expired; }
    TimeoutState state() const { return state_->state(); }

    /// Raises RuntimeError if it was already entered, or outside a task.
    void aenter() { state_->enter(); }
    void aexit(const std::exception_ptr& error) { state_->exit(error); }

private:
    friend detail::Sharing;
    Timeout(const Timeout&) = default;
    detail::Shared<detail::Deadline> state_;
};

/// A deadline `delay` from now; std::nullopt: no deadline.
Timeout timeout(MaybeDelay delay);
/// A deadline on the loop's clock, in seconds.
Timeout timeout_at(std::optional<double> when);

} // namespace asyncio
