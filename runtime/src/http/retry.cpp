#include <asyncio/error.hpp>
#include <asyncio/http/retry.hpp>

#include <algorithm>
#include <charconv>
#include <memory>
#include <random>

namespace asyncio::http::detail {
namespace {

/// Of the header's two forms the seconds; a date is not looked at.
std::optional<double> seconds_in(const std::optional<std::string>& retry_after) {
    double seconds = 0;
    if (!retry_after) return std::nullopt;
    const char* end = std::to_address(retry_after->end());
    const auto [stop, error] = std::from_chars(retry_after->data(), end, seconds);
    if (error != std::errc() || stop != end || seconds < 0) return std::nullopt;
    return seconds;
}

double random_part() {
    static std::minstd_rand generator{std::random_device()()};
    return std::uniform_real_distribution<double>(0, 1)(generator);
}

} // namespace

Backoff::Backoff(const RetryOptions& options)
    : options_(options), attempts_left_(options.attempts), next_pause_(options.first_pause.seconds()) {
    if (options.attempts < 1) throw ValueError("RetryOptions::attempts counts the first: 1 or more");
}

bool Backoff::again(int status) {
    if (--attempts_left_ == 0) return false;
    return status == 0 || std::ranges::contains(options_.statuses, status);
}

double Backoff::pause(const std::optional<std::string>& retry_after) {
    const double longest = options_.longest.seconds();
    const double own = std::min(next_pause_, longest) * (1 - (options_.jitter * random_part()));
    next_pause_ = std::min(next_pause_ * options_.factor, longest);
    if (const std::optional<double> asked = seconds_in(retry_after)) return std::min(*asked, longest);
    return own;
}

} // namespace asyncio::http::detail
