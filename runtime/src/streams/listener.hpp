#pragma once

#include <asyncio/event_loop.hpp>
#include <asyncio/streams/server.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace asyncio::detail {

/// A port of the program's internal network, and its connections.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    Listener(EventLoop& loop, ClientConnected client_connected, std::string host, std::uint16_t port,
             std::size_t limit);

    /// The server of a port; null if nothing listens there.
    static std::shared_ptr<Listener> find(std::uint16_t port);
    /// `wanted`, or a free port for 0. Raises OSError if it is in use.
    static std::uint16_t choose_port(std::uint16_t wanted);

    void start();
    void close();
    Coro<> serve_forever();
    Coro<> wait_closed();
    /// The client's end of a new connection.
    std::shared_ptr<StreamLink> connect(std::size_t limit);
    std::vector<std::shared_ptr<StreamLink>> clients() const;

    std::string name() const { return host_ + ":" + std::to_string(port_); }
    std::uint16_t port() const noexcept { return port_; }
    bool is_serving() const noexcept { return serving_; }
    bool is_closed() const noexcept { return closed_; }

private:
    void accept(const std::shared_ptr<StreamLink>& link);
    void connection_ended();
    void wake_if_over();

    EventLoop& loop_;
    ClientConnected client_connected_;
    std::string host_;
    std::uint16_t port_;
    std::size_t limit_;
    std::vector<std::weak_ptr<StreamLink>> clients_;
    std::vector<Future<>> waiters_;
    std::optional<Future<>> forever_;
    int open_ = 0;
    bool serving_ = false;
    bool closed_ = false;
};

} // namespace asyncio::detail
