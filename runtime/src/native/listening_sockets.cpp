#include "listening_sockets.hpp"

#include "../streams/listener.hpp"
#include "socket_error.hpp"
#include "socket_transport.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <chrono>
#include <format>
#include <netinet/in.h>
#include <optional>
#include <poll.h>
#include <utility>

namespace asyncio::native {
namespace {

/// asyncio's ACCEPT_RETRY_DELAY: a socket stays ready while its connections cannot be accepted.
constexpr std::chrono::seconds accept_retry_delay(1);

std::exception_ptr bind_error(int error, const Address& address) {
    std::string reason = message(socket_error(error));
    std::ranges::transform(reason, reason.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return socket_error(
        error, std::format("error while attempting to bind on address {}: {}", address.tuple(), reason));
}

bool system_is_exhausted(int error) noexcept {
    return error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
}

} // namespace

ListeningSockets::Door::Door(EventLoop& loop, std::shared_ptr<Selector> selector, Socket bound,
                             const Address& at)
    : socket(std::move(bound)), address(at), watch(loop, std::move(selector), socket.descriptor(), POLLIN) {}

ListeningSockets::ListeningSockets(EventLoop& loop, std::shared_ptr<Selector> selector,
                                   const std::vector<Address>& addresses, const StreamOptions& options)
    : loop_(loop), selector_(std::move(selector)), backlog_(options.backlog) {
    std::string tried;
    for (const Address& address : addresses) {
        bind(address, options);
        tried += (tried.empty() ? "" : ", ") + address.tuple();
    }
    if (doors_.empty()) throw OSError(std::format("could not bind on any address out of [{}]", tried));
}

void ListeningSockets::bind(const Address& address, const StreamOptions& options) {
    std::expected<Socket, int> socket = Socket::create(address.family());
    // The system does not have this family.
    if (!socket && socket.error() == EAFNOSUPPORT) return;
    if (!socket) std::rethrow_exception(socket_error(socket.error()));
    if (options.reuse_address) socket->set(SOL_SOCKET, SO_REUSEADDR);
    if (options.reuse_port) socket->set(SOL_SOCKET, SO_REUSEPORT);
    // Otherwise a socket for all addresses of IPv6 is one for those of IPv4 too.
    if (address.family() == AF_INET6) socket->set(IPPROTO_IPV6, IPV6_V6ONLY);
    const std::expected<void, int> bound = socket->bind(address);
    // The family is switched off.
    if (!bound && bound.error() == EADDRNOTAVAIL) return;
    if (!bound) std::rethrow_exception(bind_error(bound.error(), address));
    // The port is one that the system has chosen if `address` has none.
    const std::optional<Address> own = socket->own_address();
    if (!own) throw OSError(std::format("the socket bound to {} has no address", address.name()));
    doors_.emplace_back(loop_, selector_, *std::move(socket), *own);
}

void ListeningSockets::open(const std::shared_ptr<detail::Listener>& listener) {
    for (Door& door : doors_) {
        const std::expected<void, int> listening = door.socket.listen(backlog_);
        if (!listening) std::rethrow_exception(socket_error(listening.error()));
        watch(door, listener);
    }
}

void ListeningSockets::close() noexcept {
    for (Door& door : doors_) {
        door.watch.stop();
        door.socket.close();
    }
}

void ListeningSockets::watch(Door& door, const std::shared_ptr<detail::Listener>& listener) {
    door.watch.start([this, &door, listener] { accept(door, listener); });
}

void ListeningSockets::accept(Door& door, const std::shared_ptr<detail::Listener>& listener) {
    // One more than can wait, so that the others have their turn.
    for (int count = 0; count <= std::max(backlog_, 0); ++count) {
        Address peer;
        std::expected<Socket, int> socket = door.socket.accept(peer);
        if (socket)
            welcome(listener, *std::move(socket), peer);
        else if (would_block(socket.error()))
            return;
        else if (socket.error() != ECONNABORTED)
            return pause(door, listener, socket.error());
    }
}

void ListeningSockets::pause(Door& door, const std::shared_ptr<detail::Listener>& listener, int error) {
    door.watch.stop();
    loop_.call_later(accept_retry_delay, [this, &door, listener] {
        if (!listener->is_closed()) watch(door, listener);
    });
    loop_.call_exception_handler(
        {.message =
             system_is_exhausted(error) ? "socket.accept() out of system resource" : "socket.accept() failed",
         .exception = socket_error(error),
         .source = std::format("the server at {} accepts again in a second", door.address.name())});
}

// In asyncio the connection is made in the next turn, and is given to its protocol in the one after.
void ListeningSockets::welcome(const std::shared_ptr<detail::Listener>& listener, Socket socket,
                               const Address& peer) {
    loop_.call_soon([selector = selector_, listener, socket = std::move(socket), peer]() mutable {
        if (listener->is_closed()) return;
        EventLoop& loop = listener->loop();
        const auto link = link_of(loop, selector, std::move(socket), peer, listener->limit());
        listener->attend(link);
        loop.call_soon([listener, link] {
            listener->serve(link);
            link->transport->resume_reading();
        });
    });
}

std::vector<std::string> ListeningSockets::names() const {
    std::vector<std::string> names;
    for (const Door& door : doors_) names.push_back(door.address.name());
    return names;
}

std::uint16_t ListeningSockets::port() const { return doors_.front().address.port(); }

} // namespace asyncio::native
