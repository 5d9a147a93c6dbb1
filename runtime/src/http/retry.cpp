#include <asyncio/error.hpp>
#include <asyncio/http/retry.hpp>

#include <algorithm>
#include <charconv>
#include <format>
#include <memory>
#include <random>

namespace asyncio::http::detail {
namespace {

/// Parses the header's form in seconds; the date form is ignored.
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

std::string Attempt::reason() const {
    if (response) return std::format("{} {}", response->status(), response->reason());
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& raised) {
        return raised.what();
    }
}

Backoff::Backoff(const RetryOptions& options)
    : options_(options), next_pause_(options.first_pause.seconds()) {
    if (options.attempts < 1)
        throw ValueError("RetryOptions::attempts must be 1 or more: it includes the first attempt");
}

bool Backoff::again(int status) {
    if (++attempts_ == options_.attempts) return false;
    return status == 0 || std::ranges::contains(options_.statuses, status);
}

double Backoff::pause_after(const Attempt& attempt) {
    const double longest = options_.longest.seconds();
    double pause = std::min(next_pause_, longest) * (1 - (options_.jitter * random_part()));
    next_pause_ = std::min(next_pause_ * options_.factor, longest);
    if (attempt.response) {
        const std::optional<double> asked = seconds_in(attempt.response->headers().get("retry-after"));
        if (asked) pause = std::min(*asked, longest);
    }
    if (options_.on_retry)
        options_.on_retry(
            {.number = attempts_, .status = attempt.status, .reason = attempt.reason(), .pause = pause});
    return pause;
}

} // namespace asyncio::http::detail
