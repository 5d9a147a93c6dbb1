#include "socket_network.hpp"

#include "address.hpp"
#include "listening_sockets.hpp"
#include "socket.hpp"
#include "socket_error.hpp"
#include "socket_transport.hpp"

#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <cerrno>
#include <format>
#include <poll.h>
#include <vector>

namespace asyncio::native {
namespace {

/// Suspends until the socket can be written.
Coro<> writable(std::shared_ptr<Selector> selector, int descriptor) {
    EventLoop& loop = get_running_loop();
    const Future<> is_writable(loop);
    Watch watch(loop, std::move(selector), descriptor, POLLOUT);
    watch.start([is_writable] {
        if (!is_writable.done()) is_writable.set_result();
    });
    co_await is_writable;
}

Coro<Socket> connect_to(Address address, std::shared_ptr<Selector> selector) {
    std::expected<Socket, int> socket = Socket::create(address.family());
    if (!socket) std::rethrow_exception(socket_error(socket.error()));
    const std::expected<void, int> connected = socket->connect(address);
    if (connected) co_return *std::move(socket);
    // An interrupted call goes on like one that does not block.
    if (connected.error() != EINPROGRESS && connected.error() != EINTR)
        std::rethrow_exception(socket_error(connected.error()));
    co_await writable(std::move(selector), socket->descriptor());
    if (const std::expected<void, int> outcome = socket->outcome(); !outcome)
        std::rethrow_exception(
            socket_error(outcome.error(), std::format("Connect call failed {}", address.tuple())));
    co_return *std::move(socket);
}

/// Why no address of a host could be connected to.
[[noreturn]] void raise_one_of(const std::vector<std::exception_ptr>& errors) {
    std::string all;
    bool same = true;
    for (const std::exception_ptr& error : errors) {
        const std::string text = message(error);
        same &= text == message(errors.front());
        all += (all.empty() ? "" : ", ") + text;
    }
    if (same) std::rethrow_exception(errors.front());
    throw OSError("Multiple exceptions: " + all);
}

/// Tries one address after the other.
Coro<Socket> connect_to_first(std::vector<Address> addresses, std::shared_ptr<Selector> selector) {
    std::vector<std::exception_ptr> errors;
    for (const Address& address : addresses) {
        try {
            co_return co_await connect_to(address, selector);
        } catch (const OSError&) {
            errors.push_back(std::current_exception());
        }
    }
    raise_one_of(errors);
}

/// In asyncio a connection gets its protocol and begins to read in the next turn, then its task continues.
Coro<> begun(EventLoop& loop, std::weak_ptr<detail::StreamLink> connection) {
    const Future<> has_begun(loop);
    loop.call_soon([has_begun, connection = std::move(connection)] {
        const auto link = connection.lock();
        if (!link || has_begun.done()) return;
        link->transport->resume_reading();
        has_begun.set_result();
    });
    co_await has_begun;
}

} // namespace

Coro<std::shared_ptr<detail::StreamLink>> SocketNetwork::connect(std::string host, std::uint16_t port,
                                                                 std::size_t limit) {
    EventLoop& loop = get_running_loop();
    Socket socket = co_await connect_to_first(co_await resolve(std::move(host), port, false), selector_);
    const std::optional<Address> peer = socket.peer_address();
    auto link = link_of(loop, selector_, std::move(socket), peer, limit);
    co_await begun(loop, link);
    co_return link;
}

Coro<std::unique_ptr<detail::Entrance>> SocketNetwork::bind(std::string host, std::uint16_t port,
                                                            StreamOptions options) {
    const std::vector<Address> addresses = co_await resolve(std::move(host), port, true);
    co_return std::make_unique<ListeningSockets>(get_running_loop(), selector_, addresses, options);
}

} // namespace asyncio::native
