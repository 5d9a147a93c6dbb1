#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/http/client_response.hpp>
#include <asyncio/http/client_timeout.hpp>
#include <asyncio/http/error.hpp>
#include <asyncio/sleep.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::http {

/// A failed attempt that will be followed by another.
struct FailedAttempt {
    /// 1 for the first.
    int number = 1;
    /// 0 if there was no response.
    int status = 0;
    /// "503 Service Unavailable", or the error's message.
    std::string reason = {};
    /// Seconds until the next attempt.
    double pause = 0;
};

struct RetryOptions {
    // NOLINTBEGIN(*-magic-numbers): defaults, named by their members
    /// Total number of attempts, including the first.
    int attempts = 4;
    /// Before the second attempt; each further pause is `factor` times as long, at most `longest`.
    Delay first_pause = std::chrono::milliseconds(500);
    double factor = 2;
    Delay longest = std::chrono::seconds(30);
    /// Shortens each pause by a random fraction of up to this size, so that clients do not retry
    /// simultaneously.
    double jitter = 0.5;
    /// Response statuses that are retried.
    std::vector<int> statuses = {408, 425, 429, 500, 502, 503, 504};
    // NOLINTEND(*-magic-numbers)
    /// Called before each pause, for logging; an exception from it ends the retries.
    std::function<void(const FailedAttempt&)> on_retry = {};
};

namespace detail {

/// The outcome of one attempt.
struct Attempt {
    std::optional<ClientResponse> response;
    /// Of a kind that is retried.
    std::exception_ptr error;
    /// 0 if there was no response.
    int status = 0;

    std::string reason() const;
};

template <class F> Coro<Attempt> attempt(F& make_request) {
    try {
        ClientResponse response = co_await make_request();
        const int status = response.status();
        co_return Attempt{.response = std::move(response), .error = nullptr, .status = status};
    } catch (const ClientResponseError& error) {
        co_return Attempt{.response = {}, .error = std::current_exception(), .status = error.status()};
    } catch (const ClientConnectionError&) {
        co_return Attempt{.response = {}, .error = std::current_exception()};
    } catch (const ServerTimeoutError&) {
        co_return Attempt{.response = {}, .error = std::current_exception()};
    }
}

/// Counts the attempts and computes the pauses between them.
class Backoff {
public:
    /// Raises ValueError for fewer than one attempt.
    explicit Backoff(const RetryOptions& options);
    bool again(int status);
    /// Seconds: from the server's Retry-After, otherwise from the options. Calls on_retry.
    double pause_after(const Attempt& attempt);

private:
    const RetryOptions& options_;
    int attempts_ = 0;
    double next_pause_;
};

} // namespace detail

/// `co_await retry([&] { return session.get(url); }, {.attempts = 5})`: repeats the request, after a growing
/// pause, while there is no response or its status asks to retry later. Returns the last response or raises
/// the last error. Suspends in the requests and in the pauses; a cancel ends it.
template <class F> Coro<ClientResponse> retry(F make_request, RetryOptions options = {}) {
    detail::Backoff backoff(options);
    for (;;) {
        detail::Attempt attempt = co_await detail::attempt(make_request);
        if (!backoff.again(attempt.status)) {
            if (attempt.error) std::rethrow_exception(attempt.error);
            co_return std::move(*attempt.response);
        }
        const double pause = backoff.pause_after(attempt);
        // Frees its connection for other requests during the pause.
        attempt.response.reset();
        co_await sleep(pause);
    }
}

} // namespace asyncio::http
