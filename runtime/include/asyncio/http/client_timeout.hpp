#pragma once

#include <asyncio/duration.hpp>
#include <asyncio/error.hpp>

#include <chrono>
#include <optional>

namespace asyncio::http {

/// Time limits of a request; std::nullopt: no limit.
struct ClientTimeout {
    /// From the call to the last byte of the body.
    MaybeDelay total = std::chrono::minutes(5); // NOLINT(*-magic-numbers): a default
    /// The wait for a free connection.
    MaybeDelay connect = std::nullopt;
    /// Maximum time between two arrivals from the server: the head, and each piece of the body.
    MaybeDelay read = std::nullopt;
};

/// A limit of ClientTimeout was exceeded.
class ServerTimeoutError : public TimeoutError {
    using TimeoutError::TimeoutError;
};

} // namespace asyncio::http
