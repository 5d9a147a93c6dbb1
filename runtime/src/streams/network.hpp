#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/stream_link.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/streams/server.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace asyncio::detail {

/// The addresses of a server, which are its own from bind() on.
class Entrance {
public:
    virtual ~Entrance() = default;

    /// From now on connections go to `listener`, which is kept alive until close(). Raises OSError.
    virtual void open(const std::shared_ptr<Listener>& listener) = 0;
    virtual void close() noexcept = 0;

    /// "127.0.0.1:8888"
    virtual std::vector<std::string> names() const = 0;
    virtual std::uint16_t port() const = 0;
};

/// Carries the connections of streams. The operations are those of open_connection() and start_server().
class Network {
public:
    virtual ~Network() = default;

    virtual Coro<std::shared_ptr<StreamLink>> connect(std::string host, std::uint16_t port,
                                                      std::size_t limit) = 0;
    virtual Coro<std::unique_ptr<Entrance>> bind(std::string host, std::uint16_t port,
                                                 StreamOptions options) = 0;

    /// Whether a server of this program listens on a port of the loopback address; null: the network is shared with
    /// other programs, so it is not known.
    virtual std::optional<bool> serves(std::uint16_t port) const = 0;
};

/// The network inside the program: each thread has its own.
Network& loopback_network();

/// The loop of the server on that port of the network inside the program; null if none listens.
EventLoop* loop_inside(std::uint16_t port);
/// Connects to that server from outside of the program's tasks, in a turn of its loop: the client's end of the
/// connection, null if none listens.
std::shared_ptr<StreamLink> connect_inside(std::uint16_t port);

/// The platform's network, or the one inside the program if there is none.
inline Network& network_of(EventLoop& loop) {
    Network* const own = loop.backend().network();
    return own != nullptr ? *own : loopback_network();
}

} // namespace asyncio::detail
