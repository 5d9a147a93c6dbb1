#pragma once

#include <chrono>
#include <concepts>
#include <optional>

namespace asyncio {

/// A time span parameter of the API: a std::chrono duration, or a plain number of seconds.
class Delay {
public:
    template <class Rep, class Period>
    constexpr Delay(std::chrono::duration<Rep, Period> span)
        : seconds_(std::chrono::duration<double>(span).count()) {}

    template <class Number>
        requires std::integral<Number> || std::floating_point<Number>
    constexpr Delay(Number seconds) : seconds_(static_cast<double>(seconds)) {}

    constexpr double seconds() const noexcept { return seconds_; }

private:
    double seconds_;
};

/// A time span, or std::nullopt for "forever".
using MaybeDelay = std::optional<Delay>;

} // namespace asyncio
