#pragma once

#include <asyncio/coro.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::http {

using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// A request as sent on the wire: all values are explicit, without defaults.
struct WireRequest {
    std::string method = "GET";
    std::string url = {};
    HeaderList headers = {};
    std::optional<std::string> body = {};
    /// The body is sent by Exchange::write() instead of from `body`.
    bool streamed = false;
    bool follow_redirects = true;
    /// Whether cookies and HTTP authentication are sent, with fetch's values: omit, same-origin, include.
    std::string credentials = "same-origin";
};

/// The head of a response.
struct WireResponse {
    int status = 0;
    std::string reason = {};
    /// After all redirects.
    std::string url = {};
    bool redirected = false;
    HeaderList headers = {};
};

/// A request in progress. Destroying it aborts anything outstanding.
class Exchange {
public:
    virtual ~Exchange() = default;

    /// Sends the next piece of a streamed body, nullopt for its end. Suspends until it has been sent; returns
    /// false if no more data is accepted, and head() gives the reason. Raises RuntimeError in a transport
    /// without streaming.
    virtual Coro<bool> write(std::optional<std::string> piece);

    /// Suspends until the head of the response has arrived. May be called once. Raises the subclasses of
    /// ClientError.
    virtual Coro<WireResponse> head() = 0;

    /// Suspends until a piece of the body has arrived; nullopt at its end. Data is taken off the wire only on
    /// request. Raises ClientPayloadError if the connection breaks.
    virtual Coro<std::optional<std::string>> read() = 0;
};

/// Carries requests: the browser's fetch, or a test's replacement.
class Transport {
public:
    virtual ~Transport() = default;

    /// Whether bodies can be sent by Exchange::write(). If not, they are sent whole.
    virtual bool can_stream() const { return false; }

    /// Sends the request. Raises InvalidUrl; head() raises the error if the request could not be sent.
    virtual std::unique_ptr<Exchange> open(const WireRequest& request) = 0;
};

/// The platform's transport: the browser's fetch. Elsewhere open() raises ClientConnectionError.
std::shared_ptr<Transport> default_transport();

} // namespace asyncio::http
