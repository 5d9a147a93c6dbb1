#include "app_state.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/gather.hpp>
#include <asyncio/shield.hpp>
#include <asyncio/task.hpp>
#include <asyncio/web/error.hpp>
#include <asyncio/web/websocket.hpp>
#include <asyncio/websocket/serve.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::websocket {

struct ServerConnection::State {
    web::Request request;
    web::WebSocketResponse socket;
    std::size_t id;
};

Coro<> ServerConnection::send(std::string text) { return state_->socket.send_str(std::move(text)); }
Coro<> ServerConnection::send_bytes(std::string bytes) { return state_->socket.send_bytes(std::move(bytes)); }
Coro<Message> ServerConnection::receive() { return state_->socket.receive(); }
Coro<std::optional<Message>> ServerConnection::next() { return state_->socket.next(); }
Coro<> ServerConnection::close(int code, std::string reason) {
    return state_->socket.close(code, std::move(reason));
}

namespace {

Coro<> until_closed(std::shared_ptr<ServerConnection::State> state) {
    try {
        while (co_await state->socket.next()) {
        }
    } catch (
        const ConnectionClosed&) { // NOLINT(bugprone-empty-catch): it has ended, which is all that was asked
    }
}

} // namespace

Coro<> ServerConnection::wait_closed() { return until_closed(state_); }

bool ServerConnection::closed() const { return state_->socket.closed(); }
std::optional<int> ServerConnection::close_code() const { return state_->socket.close_code(); }
const std::string& ServerConnection::subprotocol() const { return state_->socket.protocol(); }
const std::string& ServerConnection::path() const { return state_->request.path(); }
const web::Request& ServerConnection::request() const { return state_->request; }
const std::string& ServerConnection::remote_address() const { return state_->request.remote(); }
std::size_t ServerConnection::id() const { return state_->id; }

struct Server::State : std::enable_shared_from_this<Server::State> {
    State(ServerHandler wanted, ServeOptions given) : handler(std::move(wanted)), options(std::move(given)) {
        if (options.ping_interval && !(options.ping_interval->seconds() > 0))
            throw ValueError("the ping_interval of a WebSocket server must be more than 0 seconds");
    }

    Coro<> start(std::string wanted_host, std::uint16_t port) {
        host = std::move(wanted_host);
        web::ServerOptions limits = options.server;
        limits.shutdown_timeout = options.close_timeout;
        runner.emplace(make_app(), limits);
        co_await runner->setup();
        site.emplace(*runner, host, port);
        co_await site->start();
    }

    /// The server owns the application, which does not own it.
    web::Application make_app() {
        web::Application app;
        const std::weak_ptr<State> weak = weak_from_this();
        // NOLINTNEXTLINE(*-capturing-lambda-coroutines): the dispatcher keeps it
        app.router().add_route("*", "/{path:.*}", [weak](web::Request& request) -> Coro<web::Response> {
            const std::shared_ptr<State> state = weak.lock();
            if (!state) throw web::HTTPServiceUnavailable();
            co_return co_await state->accept(request);
        });
        app.on_shutdown(
            [weak]() -> Coro<> { // NOLINT(*-capturing-lambda-coroutines): the application keeps it
                if (const std::shared_ptr<State> state = weak.lock()) co_await state->close_connections();
            });
        return app;
    }

    void require_origin(const web::Request& request) const {
        if (options.origins.empty()) return;
        const std::string origin = request.headers().get("Origin").value_or("");
        if (!std::ranges::contains(options.origins, origin))
            throw web::HTTPForbidden(std::format("the origin \"{}\" may not connect", origin));
    }

    Coro<web::Response> accept(web::Request& request) {
        require_origin(request);
        web::WebSocketResponse socket({.protocols = options.subprotocols,
                                       .max_msg_size = options.max_size,
                                       .close_timeout = options.close_timeout,
                                       .heartbeat = options.ping_interval});
        co_await socket.prepare(request);
        ServerConnection connection(
            std::make_shared<ServerConnection::State>(request, socket, ++connections_so_far));
        open.push_back(connection);
        const ::asyncio::detail::Finally leave([&] { std::erase(open, connection); });
        std::exception_ptr error;
        try {
            co_await handler(connection);
        } catch (const CancelledError&) {
            throw;
        } catch (const ConnectionClosed&) { // NOLINT(bugprone-empty-catch): a client may leave at any time
        } catch (...) {
            error = std::current_exception();
        }
        if (error) {
            web::detail::report(
                std::format("Unhandled exception in the handler of the WebSocket {}", connection.path()),
                error);
            co_await socket.close(codes::fault);
        }
        co_return socket;
    }

    Coro<> close_connections() {
        std::vector<Coro<>> ends;
        for (ServerConnection& connection : open) ends.push_back(connection.close(close_code, close_reason));
        co_await gather(return_exceptions, std::move(ends));
    }

    void close() {
        if (closing) return;
        closing = create_task(end_of(shared_from_this()));
    }

    static Coro<> end_of(std::shared_ptr<State> state) {
        const ::asyncio::detail::Finally over([&] { state->ended.set(); });
        co_await state->runner->cleanup();
    }

    ServerHandler handler;
    ServeOptions options;
    std::optional<web::AppRunner> runner = {};
    std::optional<web::TCPSite> site = {};
    std::string host = {};
    std::vector<ServerConnection> open = {};
    std::size_t connections_so_far = 0;
    int close_code = codes::going_away;
    std::string close_reason = {};
    std::optional<Task<>> closing = {};
    Event ended;
    bool forever = false;
};

std::vector<std::string> Server::sockets() const {
    if (!is_serving()) return {};
    return {std::format("{}:{}", state_->host, port())};
}
std::uint16_t Server::port() const { return state_->site->port(); }
bool Server::is_serving() const { return !state_->closing; }
std::vector<ServerConnection> Server::connections() const { return state_->open; }

Coro<> Server::serve_of(std::shared_ptr<State> state) {
    if (state->closing) throw RuntimeError("the WebSocket server is closed");
    if (std::exchange(state->forever, true))
        throw RuntimeError("another task is already in serve_forever() of this server");
    const ::asyncio::detail::Finally over([&] { state->forever = false; });
    std::exception_ptr cancelled;
    try {
        co_await state->ended.wait();
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    if (!cancelled) co_return;
    state->close();
    co_await wait_for_end(state);
    std::rethrow_exception(cancelled);
}

Coro<> Server::wait_for_end(std::shared_ptr<State> state) { co_await state->ended.wait(); }

Coro<> Server::serve_forever() { return serve_of(state_); }
void Server::close(int code, std::string reason) {
    if (state_->closing) return;
    state_->close_code = code;
    state_->close_reason = std::move(reason);
    state_->close();
}
Coro<> Server::wait_closed() { return wait_for_end(state_); }

Coro<> Server::aexit(const std::exception_ptr&) {
    close();
    return wait_for_end(state_);
}

Coro<Server> detail::serve_with(ServerHandler handler, std::string host, std::uint16_t port,
                                ServeOptions options) {
    const auto state = std::make_shared<Server::State>(std::move(handler), std::move(options));
    co_await state->start(std::move(host), port);
    co_return Server(state);
}

void broadcast(const std::vector<ServerConnection>& connections, const std::string& text) {
    for (const ServerConnection& connection : connections) connection.state()->socket.send_now(text);
}

} // namespace asyncio::websocket
