#pragma once

#include <asyncio/error.hpp>

#include <string>
#include <utility>

namespace asyncio::websocket {

/// Why a connection ended: a close code of RFC 6455 and the words that came with it. 1005: the other
/// end gave no code. 1006: the connection broke off without a word.
struct CloseInfo {
    int code = 1000;
    std::string reason = {};
};

/// A URL that is malformed, or neither ws: nor wss:.
class InvalidUrl : public Error {
public:
    InvalidUrl(std::string url, const std::string& reason)
        : Error("invalid WebSocket URL \"" + url + "\": " + reason), url_(std::move(url)) {}
    const std::string& url() const noexcept { return url_; }

private:
    std::string url_;
};

/// No connection: nobody listens there, the server refuses the handshake or knows none of the
/// subprotocols, or the page may not. Browsers do not tell a page which.
class ConnectError : public ConnectionError {
    using ConnectionError::ConnectionError;
};

/// The connection has ended.
class ConnectionClosed : public ConnectionError {
public:
    ConnectionClosed(const std::string& how, CloseInfo info);
    int code() const noexcept { return info_.code; }
    const std::string& reason() const noexcept { return info_.reason; }

private:
    CloseInfo info_;
};

/// It ended as it should: with 1000 or 1001, or without a code.
class ConnectionClosedOK : public ConnectionClosed {
public:
    explicit ConnectionClosedOK(CloseInfo info);
};

/// It broke off, or ended with a code that tells of a fault.
class ConnectionClosedError : public ConnectionClosed {
public:
    explicit ConnectionClosedError(CloseInfo info);
};

} // namespace asyncio::websocket
