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

/// Browsers answer a server's pings by themselves, and let no page send one. What keeps a silent
/// connection alive is therefore a message that the server must understand.
struct Heartbeat {
    Delay interval;
    /// Sent as text.
    std::string message;
    /// What the server says to it: a text that the program is not given. Without it every message is a
    /// sign of life.
    std::optional<std::string> answer = {};
    /// After so long without any message the connection ends with 1011; the server sees 4011.
    MaybeDelay timeout = std::nullopt;
};

struct ConnectOptions {
    // NOLINTBEGIN(*-magic-numbers): defaults, which their members name
    /// Offered to the server, the best first.
    std::vector<std::string> subprotocols = {};
    /// The handshake may take so long; std::nullopt: for ever.
    MaybeDelay open_timeout = std::chrono::seconds(10);
    /// A message of more bytes ends the connection with 1009. The browser has taken it in by then,
    /// and lets no page send that code: the server sees 4009.
    std::size_t max_size = std::size_t{1024} * 1024;
    /// Messages that have come and were not asked for. A browser cannot be told to read more slowly,
    /// so that more of them end the connection with 1008; the server sees 4008.
    std::size_t max_queue = 4096;
    /// send() suspends while more bytes than this wait to be sent.
    std::size_t write_limit = std::size_t{256} * 1024;
    // NOLINTEND(*-magic-numbers)
    std::optional<Heartbeat> heartbeat = {};
    /// Another way to the wire, for tests.
    std::function<std::unique_ptr<Connection>(const Request&)> open = {};
};

} // namespace websocket

/// A connection to a WebSocket server, after Python's websockets. Destroying it closes it, without
/// waiting for the end. Also a context manager for async_with(), which closes it and waits.
class WebSocket {
public:
    /// What websocket::connect() gives.
    struct State;
    explicit WebSocket(std::shared_ptr<State> state) noexcept : state_(std::move(state)) {}
    WebSocket(WebSocket&&) noexcept = default;
    WebSocket& operator=(WebSocket&& other) noexcept;
    WebSocket(const WebSocket&) = delete;
    WebSocket& operator=(const WebSocket&) = delete;
    ~WebSocket();

    /// Sends a text, then suspends while more than write_limit bytes wait to be sent; resumes when
    /// most of them are gone. Cancelled there, the message goes out all the same. Raises ValueError
    /// when the text is no UTF-8, ConnectionClosed when the connection has ended.
    Coro<> send(std::string text);
    /// The same with bytes.
    Coro<> send_bytes(std::string bytes);

    /// Suspends until a message has come; a cancel is raised there and loses none. One task receives
    /// at a time: a second raises RuntimeError. After the last message it raises ConnectionClosedOK
    /// or ConnectionClosedError.
    Coro<websocket::Message> receive();
    /// `while (auto message = co_await ws.next())`: as receive(); nullopt when the connection has
    /// ended as it should. Raises ConnectionClosedError when it has not.
    Coro<std::optional<websocket::Message>> next();

    /// Ends the connection and suspends until the server has agreed or the browser has given up on
    /// it. Cancelled, it goes on closing. Raises ValueError for a code other than 1000 and 3000 to
    /// 4999, which is all that a browser lets a page send, and for a reason that is no UTF-8 or has
    /// more than 123 bytes.
    Coro<> close(int code = websocket::codes::normal, std::string reason = {});
    Coro<> wait_closed();

    const std::string& subprotocol() const;
    /// Nothing while it is open.
    std::optional<int> close_code() const;
    std::optional<std::string> close_reason() const;
    /// Bytes that wait to be sent.
    std::size_t buffered() const;

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&) { return close(); }

private:
    detail::Checked<std::shared_ptr<State>> state_;
};

namespace websocket {

/// `auto ws = co_await websocket::connect("wss://echo.test");` suspends until the handshake is done;
/// a cancel ends it. Raises InvalidUrl, ConnectError, TimeoutError past open_timeout, ValueError for
/// a subprotocol that is no token or comes twice, and for a time that is negative.
Coro<WebSocket> connect(std::string url, ConnectOptions options = {});

} // namespace websocket
} // namespace asyncio
