#include "listener.hpp"
#include "network.hpp"

#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/streams/server.hpp>

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

std::size_t checked_limit(const StreamOptions& options) {
    return detail::size_of_at_least(options.limit, 1, "the limit of a stream");
}

} // namespace

std::vector<std::string> Server::sockets() const {
    if (listener_->is_closed()) return {};
    return listener_->entrance().names();
}
std::uint16_t Server::port() const { return listener_->entrance().port(); }
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
    EventLoop& loop = get_running_loop();
    const std::size_t limit = checked_limit(options);
    auto entrance = co_await network_of(loop).bind(std::move(host), port, options);
    auto listener = std::make_shared<Listener>(loop, std::move(client_connected), std::move(entrance), limit);
    if (options.start_serving) co_await start_listening(listener);
    co_return Server(std::move(listener));
}

Coro<std::pair<StreamReader, StreamWriter>> open_connection(std::string host, std::uint16_t port,
                                                            StreamOptions options) {
    const auto link = co_await detail::network_of(get_running_loop())
                          .connect(std::move(host), port, checked_limit(options));
    co_return std::pair(StreamReader(link), StreamWriter(link));
}

} // namespace asyncio
