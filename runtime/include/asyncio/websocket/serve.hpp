#pragma once

/// A WebSocket server, after Python's websockets: link asyncio::web.

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/error.hpp>
#include <asyncio/http/headers.hpp>
#include <asyncio/json.hpp>
#include <asyncio/web/runner.hpp>
#include <asyncio/websocket/connection.hpp>

#include <chrono>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::websocket {

struct ServeOptions {
    // NOLINTBEGIN(*-magic-numbers): defaults, named by their members
    /// In the order of the server's preference.
    std::vector<std::string> subprotocols = {};
    /// If not empty: the values of Origin, such as "https://example.com", that may connect. Others are answered with 403.
    std::vector<std::string> origins = {};
    /// A message of more bytes ends the connection with 1009.
    std::size_t max_size = std::size_t{1024} * 1024;
    /// Between pings. If nothing arrives within half of it after one, the connection ends with 1006; a task must be
    /// receiving to see what arrives. std::nullopt: no pings.
    MaybeDelay ping_interval = std::chrono::seconds(20);
    /// How long close() waits for the client's answer, and the end of the server for its handlers.
    MaybeDelay close_timeout = std::chrono::seconds(10);
    // NOLINTEND(*-magic-numbers)
    /// Limits for connections until they are WebSockets, and how many there may be.
    web::ServerOptions server = {};
};

/// A client's connection, as a handler of serve() has it: the members are those of a WebSocket. Copies share it, are
/// equal to each other, and can be keys of std::set and std::map, which order them as they came.
class ServerConnection {
public:
    /// Suspends while the connection takes no more data; woken when it does. If cancelled, the message is sent anyway.
    /// Raises ConnectionClosed if the connection has ended, ValueError if the text is not UTF-8.
    Coro<> send(std::string text);
    /// The same for a binary message.
    Coro<> send_bytes(std::string bytes);

    /// Suspends until a message has arrived; a cancel is raised there, and no message is lost. One task receives at a
    /// time: a second raises RuntimeError. Raises ConnectionClosedOK or ConnectionClosedError after the last.
    Coro<Message> receive();
    /// `while (auto message = co_await ws.next())`: as receive(); nullopt if the connection ended normally, or by close().
    Coro<std::optional<Message>> next();

    /// Sends the close frame and suspends until the client has answered, or close_timeout has passed. A cancel is raised
    /// there; the frame has been sent. Raises ValueError for a code that must not be sent, or a reason of more than 123
    /// bytes. The end of the handler closes with 1000.
    Coro<> close(int code = codes::normal, std::string reason = {});
    /// Suspends until the connection has ended. Messages that arrive meanwhile are dropped: it receives, as next() does.
    Coro<> wait_closed();

    bool closed() const;
    /// nullopt while the connection is open.
    std::optional<int> close_code() const;
    /// The protocol that was agreed upon; empty if none.
    const std::string& subprotocol() const;

    /// What the client asked for: "/chat", its query "?room=1" as request().query(), its headers.
    const std::string& path() const;
    const web::Request& request() const;
    /// "127.0.0.1:49152"
    const std::string& remote_address() const;
    /// 1 for the first connection of a server.
    std::size_t id() const;

    bool operator==(const ServerConnection& other) const noexcept { return state_ == other.state_; }
    std::strong_ordering operator<=>(const ServerConnection& other) const { return id() <=> other.id(); }

    /// For the library.
    struct State;
    explicit ServerConnection(std::shared_ptr<State> state) : state_(std::move(state)) {}
    const std::shared_ptr<State>& state() const { return state_; }

private:
    detail::Checked<std::shared_ptr<State>> state_;
};

using ServerHandler = std::function<Coro<>(ServerConnection&)>;

/// What serve() returns. Copies share it. Also a context manager for async_with(), which closes it and waits.
class Server {
public:
    /// The addresses on which it listens: "127.0.0.1:8765"; empty once it is closed.
    std::vector<std::string> sockets() const;
    std::uint16_t port() const;
    bool is_serving() const;
    /// Those that are open, in the order in which they came.
    std::vector<ServerConnection> connections() const;

    /// Suspends until the server is closed, or the task is cancelled, which closes the server and waits for its end.
    Coro<> serve_forever();
    /// Stops listening and closes the connections with `code`; does not suspend. Handlers go on until they see that.
    /// After close_timeout they are cancelled.
    void close(int code = codes::going_away, std::string reason = {});
    /// Suspends until the server is closed and its handlers have ended.
    Coro<> wait_closed();

    void aenter() const noexcept {}
    Coro<> aexit(const std::exception_ptr&);

    /// For the library.
    struct State;
    explicit Server(std::shared_ptr<State> state) : state_(std::move(state)) {}

private:
    static Coro<> serve_of(std::shared_ptr<State> state);
    static Coro<> wait_for_end(std::shared_ptr<State> state);

    detail::Checked<std::shared_ptr<State>> state_;
};

namespace detail {
Coro<Server> serve_with(ServerHandler handler, std::string host, std::uint16_t port, ServeOptions options);
} // namespace detail

/// Listens for WebSockets, of any path: `handler(ws)` is awaited in a task of each connection, whose end is the
/// connection's. Natively on TCP sockets, in a page on the program's own network, where websocket::connect() reaches it.
///
///     co_await async_with(websocket::serve(echo, "localhost", 8765),
///                         [](websocket::Server& server) { return server.serve_forever(); });
///
/// An error that leaves the handler closes the connection with 1011 and goes to the loop's exception handler;
/// ConnectionClosed only ends it. Port 0 selects a free one. Suspends and raises as start_server().
template <class F>
Coro<Server> serve(F handler, std::string host, std::uint16_t port, ServeOptions options = {}) {
    static_assert(std::is_invocable_r_v<Coro<>, F&, ServerConnection&>,
                  "the handler of websocket::serve() is a coroutine that takes the connection: "
                  "asyncio::Coro<> handler(websocket::ServerConnection& ws)");
    static_assert(std::copy_constructible<F>,
                  "the server keeps its handler in a std::function, so it must be "
                  "copyable: let a lambda capture a reference or a std::shared_ptr");
    if constexpr (std::is_invocable_r_v<Coro<>, F&, ServerConnection&> && std::copy_constructible<F>)
        return detail::serve_with(ServerHandler(std::move(handler)), std::move(host), port,
                                  std::move(options));
    else
        std::unreachable();
}

/// Sends a text to several connections without waiting for any. Those that have ended are skipped. What a slow client
/// has not taken stays in memory until ServeOptions::server.write_timeout breaks its connection off.
/// Raises ValueError if the text is not UTF-8.
void broadcast(const std::vector<ServerConnection>& connections, const std::string& text);
template <class Range>
    requires(!std::same_as<std::remove_cvref_t<Range>, std::vector<ServerConnection>>)
void broadcast(const Range& connections, const std::string& text) {
    broadcast(std::vector<ServerConnection>(connections.begin(), connections.end()), text);
}

} // namespace asyncio::websocket
