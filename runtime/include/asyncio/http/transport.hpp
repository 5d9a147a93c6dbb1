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

/// A request as it goes to the wire: everything decided, nothing left to default.
struct WireRequest {
    std::string method = "GET";
    std::string url = {};
    HeaderList headers = {};
    std::optional<std::string> body = {};
    /// The body comes by Exchange::write() in place of `body`.
    bool streamed = false;
    bool follow_redirects = true;
    /// Whether cookies and HTTP authentication go along, as fetch names it: omit, same-origin, include.
    std::string credentials = "same-origin";
};

/// What comes before a response's body.
struct WireResponse {
    int status = 0;
    std::string reason = {};
    /// After all redirects.
    std::string url = {};
    bool redirected = false;
    HeaderList headers = {};
};

/// One request on its way. Destroying it aborts what has not come yet.
class Exchange {
public:
    virtual ~Exchange() = default;

    /// The next piece of a body that is streamed, nullopt at its end. Suspends until it is on its way;
    /// false when no more is wanted: head() tells why. Raises RuntimeError in a transport that
    /// streams none.
    virtual Coro<bool> write(std::optional<std::string> piece);

    /// Suspends until the head of the response has come. Once. Raises ClientError's kinds.
    virtual Coro<WireResponse> head() = 0;

    /// Suspends until a piece of the body has come; nullopt at its end. Only what is asked for is
    /// taken off the wire. Raises ClientPayloadError when the connection breaks.
    virtual Coro<std::optional<std::string>> read() = 0;
};

/// What carries requests: the browser's fetch, or what a test puts in its place.
class Transport {
public:
    virtual ~Transport() = default;

    /// Whether it takes bodies by Exchange::write(). Else they come whole.
    virtual bool can_stream() const { return false; }

    /// Sends the request. Raises InvalidUrl, or in head() what kept it from being sent.
    virtual std::unique_ptr<Exchange> open(const WireRequest& request) = 0;
};

/// The platform's own: the browser's fetch. Elsewhere open() raises ClientConnectionError.
std::shared_ptr<Transport> default_transport();

} // namespace asyncio::http
