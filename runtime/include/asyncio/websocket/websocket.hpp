#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/websocket/connection.hpp>
#include <asyncio/websocket/error.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace asyncio {
namespace websocket {

/// Browsers answer a server's pings themselves, and do not let a page send one. An idle connection is
/// therefore kept alive by a message, which the server must understand.
struct Heartbeat {
    Delay interval;
    /// Sent as a text message.
    std::string message;
    /// The server's reply: a text message that is not passed to the program. If unset, any message counts as
    /// a reply.
    std::optional<std::string> answer = {};
    /// After this time without any message the connection ends with 1011; the server receives 4011.
    MaybeDelay timeout = std::nullopt;
};

struct ConnectOptions {
    // NOLINTBEGIN(*-magic-numbers): defaults, named by their members
    /// Offered to the server, in order of preference.
    std::vector<std::string> subprotocols = {};
    /// Limit for the handshake; std::nullopt: no limit.
    MaybeDelay open_timeout = std::chrono::seconds(10);
    /// A message of more bytes ends the connection with 1009. The browser has already received it, and does
    /// not let a page send that code: the server receives 4009.
    std::size_t max_size = std::size_t{1024} * 1024;
    /// Maximum number of unread messages. A browser offers no back-pressure for receiving, so exceeding it
    /// ends the connection with 1008; the server receives 4008.
    std::size_t max_queue = 4096;
    /// send() suspends while more than this number of bytes is waiting to be sent.
    std::size_t write_limit = std::size_t{256} * 1024;
    // NOLINTEND(*-magic-numbers)
    std::optional<Heartbeat> heartbeat = {};
    /// A different connection, for tests.
    std::function<std::unique_ptr<Connection>(const Request&)> open = {};
};

} // namespace websocket

/// A connection to a WebSocket server, after Python's websockets. Destroying it closes it, without waiting
/// for the closing handshake. Also a context manager for async_with(), which closes it and waits.
class WebSocket {
public:
    /// The result of websocket::connect().
    struct State;
    explicit WebSocket(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}
    WebSocket(WebSocket&&) noexcept = default;
    WebSocket& operator=(WebSocket&& other) noexcept;
    WebSocket(const WebSocket&) = delete;
    WebSocket& operator=(const WebSocket&) = delete;
    ~WebSocket();

    /// Sends a text message, then suspends while more than write_limit bytes are waiting to be sent; resumes
    /// when most of them have been sent. If cancelled, the message is sent anyway. Raises ValueError if the
    /// text is not UTF-8, ConnectionClosed if the connection has ended.
    Coro<> send(std::string text);
    /// The same for a binary message.
    Coro<> send_bytes(std::string bytes);

    /// Suspends until a message has arrived; a cancel is raised there, and no message is lost. One task
    /// receives at a time: a second raises RuntimeError. After the last message it raises ConnectionClosedOK
    /// or ConnectionClosedError.
    Coro<websocket::Message> receive();
    /// `while (auto message = co_await ws.next())`: as receive(); nullopt if the connection ended normally.
    /// Raises ConnectionClosedError if it did not.
    Coro<std::optional<websocket::Message>> next();

    /// Closes the connection and suspends until the server has confirmed or the browser has given up. If
    /// cancelled, closing continues. Raises ValueError for a code other than 1000 and 3000 to 4999, the only
    /// codes that a browser lets a page send, and for a reason that is not UTF-8 or is longer than 123 bytes.
    Coro<> close(int code = websocket::codes::normal, std::string reason = {});
    Coro<> wait_closed();

    const std::string& subprotocol() const;
    /// nullopt while the connection is open.
    std::optional<int> close_code() const;
    std::optional<std::string> close_reason() const;
    /// The number of bytes waiting to be sent.
    std::size_t buffered() const;

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&) { return close(); }

private:
    detail::Checked<std::shared_ptr<State>> state_;
};

namespace websocket {

/// `auto ws = co_await websocket::connect("wss://echo.test");` suspends until the handshake is done; a cancel
/// aborts it. Raises InvalidUrl, ConnectError, TimeoutError after open_timeout, ValueError for a subprotocol
/// that is not a token or is repeated, and for a negative time.
Coro<WebSocket> connect(std::string url, ConnectOptions options = {});

} // namespace websocket
} // namespace asyncio
