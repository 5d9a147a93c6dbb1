#include "listener.hpp"

#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/streams/server.hpp>

#include <format>
#include <utility>

namespace asyncio {
namespace {

Coro<> start_listening(std::shared_ptr<detail::Listener> listener) {
    listener->start();
    co_await sleep(0);
}

Coro<> serve(std::shared_ptr<detail::Listener> listener) { co_await listener->serve_forever(); }
Coro<> closed(std::shared_ptr<detail::Listener> listener) { co_await listener->wait_closed(); }

Coro<> close_and_wait(std::shared_ptr<detail::Listener> listener) {
    listener->close();
    co_await listener->wait_closed();
}

void require_own_network(const std::string& host) {
    if (host.empty() || host == "127.0.0.1" || host == "localhost" || host == "0.0.0.0" || host == "::1")
        return;
    throw OSError(std::format("{} cannot be reached: a program's TCP connections stay inside the program, so "
                              "use 127.0.0.1. For other servers use http:: or a WebSocket",
                              host));
}

std::size_t checked_limit(const StreamOptions& options) {
    return detail::size_of_at_least(options.limit, 1, "the limit of a stream");
}

std::string address(const std::string& host) {
    return host == "127.0.0.1" || host.empty() ? "127.0.0.1" : host;
}

} // namespace

std::vector<std::string> Server::sockets() const {
    if (listener_->is_closed()) return {};
    return {listener_->name()};
}
std::uint16_t Server::port() const { return listener_->port(); }
bool Server::is_serving() const { return listener_->is_serving(); }
Coro<> Server::start_serving() const { return start_listening(listener_); }
Coro<> Server::serve_forever() const { return serve(listener_); }
void Server::close() const { listener_->close(); }
void Server::close_clients() const {
    for (const auto& client : listener_->clients()) client->transport->close();
}
void Server::abort_clients() const {
    for (const auto& client : listener_->clients()) client->transport->abort();
}
Coro<> Server::wait_closed() const { return closed(listener_); }
Coro<> Server::aexit(const std::exception_ptr&) const { return close_and_wait(listener_); }

Coro<Server> detail::listen(ClientConnected client_connected, std::string host, std::uint16_t port,
                            StreamOptions options) {
    require_own_network(host);
    auto listener =
        std::make_shared<detail::Listener>(get_running_loop(), std::move(client_connected), address(host),
                                           detail::Listener::choose_port(port), checked_limit(options));
    if (options.start_serving) co_await start_listening(listener);
    co_return Server(std::move(listener));
}

Coro<std::pair<StreamReader, StreamWriter>> open_connection(std::string host, std::uint16_t port,
                                                            StreamOptions options) {
    require_own_network(host);
    // One turn, like a handshake.
    co_await sleep(0);
    const std::shared_ptr<detail::Listener> listener = detail::Listener::find(port);
    if (!listener)
        throw ConnectionRefusedError(
            std::format("no server listens on {}:{}: call start_server() first", address(host), port));
    auto link = listener->connect(checked_limit(options));
    co_await sleep(0);
    co_return std::pair(StreamReader(link), StreamWriter(link));
}

} // namespace asyncio
