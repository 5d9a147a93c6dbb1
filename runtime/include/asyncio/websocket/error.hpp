#pragma once

#include <asyncio/error.hpp>

#include <string>
#include <utility>

namespace asyncio::websocket {

/// Close codes of RFC 6455.
namespace codes {
inline constexpr int normal = 1000;
inline constexpr int going_away = 1001;
/// The peer sent no code.
inline constexpr int none = 1005;
/// The connection broke without a close frame.
inline constexpr int broken_off = 1006;
inline constexpr int fault = 1011;
} // namespace codes

/// Why a connection ended: its close code and reason.
struct CloseInfo {
    int code = codes::normal;
    std::string reason = {};

    /// Whether it ended normally.
    bool ok() const noexcept {
        return code == codes::normal || code == codes::going_away || code == codes::none;
    }
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

/// No connection: nothing listens there, the server rejects the handshake or supports none of the
/// subprotocols, or the page may not connect. Browsers do not tell a page which of these it is.
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

/// It ended normally: with 1000 or 1001, or without a code.
class ConnectionClosedOK : public ConnectionClosed {
public:
    explicit ConnectionClosedOK(CloseInfo info);
};

/// It broke, or ended with a code that indicates an error.
class ConnectionClosedError : public ConnectionClosed {
public:
    explicit ConnectionClosedError(CloseInfo info);
};

} // namespace asyncio::websocket
