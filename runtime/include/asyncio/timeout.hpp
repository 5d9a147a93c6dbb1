#pragma once

#include <asyncio/duration.hpp>
#include <asyncio/event_loop.hpp>

#include <cstdint>
#include <exception>
#include <optional>

namespace asyncio {

enum class TimeoutState : std::uint8_t { created, active, expiring, expired, finished };
const char* to_string(TimeoutState state) noexcept;

/// A deadline for the body of async_with(): past it, the task is cancelled at its co_await, and the
/// CancelledError that leaves the body becomes a TimeoutError. Another's cancel stays a cancel.
class Timeout {
public:
    /// `when` is on the loop's clock, in seconds; nullopt: no deadline.
    explicit Timeout(std::optional<double> when) : when_(when) {}
    Timeout(Timeout&& other) noexcept;
    Timeout& operator=(Timeout&&) = delete;
    ~Timeout();

    std::optional<double> when() const noexcept { return when_; }
    /// Moves the deadline. Raises RuntimeError outside the body, or when it has passed.
    void reschedule(std::optional<double> when);
    /// Whether the deadline has passed.
    bool expired() const noexcept {
        return state_ == TimeoutState::expiring || state_ == TimeoutState::expired;
    }
    TimeoutState state() const noexcept { return state_; }

    /// Raises RuntimeError when it was entered before, or outside a task.
    void aenter();
    void aexit(const std::exception_ptr& error);

private:
    void expire();

    std::optional<double> when_;
    std::optional<Handle> timer_;
    detail::Ref<detail::TaskBase> task_;
    unsigned cancelling_before_ = 0;
    TimeoutState state_ = TimeoutState::created;
};

/// A deadline `delay` from now; std::nullopt for none.
Timeout timeout(MaybeDelay delay);
/// A deadline on the loop's clock, in seconds.
Timeout timeout_at(std::optional<double> when);

} // namespace asyncio
