#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/json.hpp>
#include <asyncio/web/request.hpp>
#include <asyncio/web/response.hpp>
#include <asyncio/websocket/connection.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::web {

struct WebSocketOptions {
    // NOLINTBEGIN(*-magic-numbers): defaults, named by their members
    /// In the order of the server's preference.
    std::vector<std::string> protocols = {};
    /// A message of more bytes ends the connection with 1009.
    std::size_t max_msg_size = std::size_t{4} * 1024 * 1024;
    /// How long close() waits for the client's answer.
    MaybeDelay close_timeout = std::chrono::seconds(10);
    /// Between pings. If nothing arrives within half of it after one, the connection ends with 1006; a task must
    /// be receiving to see what arrives.
    MaybeDelay heartbeat = std::nullopt;
    // NOLINTEND(*-magic-numbers)
};

/// The server's end of a WebSocket, which a handler makes, prepares and returns. Pings of the client are answered while
/// a task receives. Copies share it.
class WebSocketResponse {
public:
    explicit WebSocketResponse(WebSocketOptions options = {});

    /// Answers the handshake. Suspends as StreamResponse::prepare(). Raises HTTPBadRequest for a request that is none,
    /// HTTPUpgradeRequired for a version other than 13.
    Coro<> prepare(Request& request);
    /// Whether prepare() would accept the request.
    static bool can_prepare(const Request& request);

    /// Suspend while the connection takes no more data; woken when it does. If cancelled, the message is sent anyway.
    /// Raise websocket::ConnectionClosed if the connection has ended, ValueError if a text is not UTF-8.
    Coro<> send_str(std::string text);
    Coro<> send_bytes(std::string bytes);
    Coro<> send_json(const Json& json) { return send_str(dump_json(json)); }
    Coro<> ping(std::string data = {});

    /// Suspends until a message has arrived; a cancel is raised there, and no message is lost. One task receives at a
    /// time: a second raises RuntimeError. Raises websocket::ConnectionClosedOK or ConnectionClosedError after the last.
    Coro<websocket::Message> receive();
    /// `while (auto message = co_await ws.next())`: as receive(); nullopt if the connection ended normally, or by close().
    Coro<std::optional<websocket::Message>> next();

    /// Sends the close frame and suspends until the client has answered, or close_timeout has passed. A cancel is raised
    /// there; the frame has been sent. Raises ValueError for a code that must not be sent, or a reason of more than 123
    /// bytes. Returning from the handler closes with 1000.
    Coro<> close(int code = websocket::codes::normal, std::string reason = {});

    bool closed() const;
    /// nullopt while the connection is open.
    std::optional<int> close_code() const;
    /// The protocol that was agreed upon; empty if none.
    const std::string& protocol() const;

    operator Response() const; // NOLINT(*-explicit-*): a handler returns either

    /// For the library: sends without waiting, unless the connection has ended.
    void send_now(const std::string& text) const;

private:
    struct State;
    static Coro<> prepare_of(std::shared_ptr<State> state, Request request);
    static Coro<> drain_of(std::shared_ptr<State> state);

    asyncio::detail::Checked<std::shared_ptr<State>> state_;
};

} // namespace asyncio::web
