#pragma once

#include <asyncio/duration.hpp>
#include <asyncio/error.hpp>

#include <chrono>
#include <optional>

namespace asyncio::http {

/// How long a request may take; std::nullopt: for ever.
struct ClientTimeout {
    /// From the call to the last byte of the body.
    MaybeDelay total = std::chrono::minutes(5); // NOLINT(*-magic-numbers): a default
    /// The wait for a free connection.
    MaybeDelay connect = std::nullopt;
    /// From one sign of life of the server to the next: the head, and each piece of the body.
    MaybeDelay read = std::nullopt;
};

/// One of ClientTimeout's limits was reached.
class ServerTimeoutError : public TimeoutError {
    using TimeoutError::TimeoutError;
};

} // namespace asyncio::http
