#pragma once

#include "network.hpp"

#include <asyncio/event_loop.hpp>
#include <asyncio/streams/server.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace asyncio::detail {

/// A server and its connections, on any network.
class Listener : public std::enable_shared_from_this<Listener> {
public:
    Listener(EventLoop& loop, ClientConnected client_connected, std::unique_ptr<Entrance> entrance,
             std::size_t limit);

    void start();
    void close();
    Coro<> serve_forever();
    Coro<> wait_closed();
    std::vector<std::shared_ptr<StreamLink>> clients() const;

    // For the entrance.
    /// Counts the server's end of a new connection until the connection is lost.
    void attend(const std::shared_ptr<StreamLink>& link);
    /// Starts the task that serves it.
    void serve(const std::shared_ptr<StreamLink>& link);

    EventLoop& loop() const noexcept { return loop_; }
    std::size_t limit() const noexcept { return limit_; }
    const Entrance& entrance() const noexcept { return *entrance_; }
    bool is_serving() const noexcept { return serving_; }
    bool is_closed() const noexcept { return closed_; }

private:
    void connection_ended();
    void wake_if_over();

    EventLoop& loop_;
    ClientConnected client_connected_;
    std::unique_ptr<Entrance> entrance_;
    std::size_t limit_;
    std::vector<std::weak_ptr<StreamLink>> clients_;
    std::vector<Future<>> waiters_;
    std::optional<Future<>> forever_;
    int open_ = 0;
    bool serving_ = false;
    bool closed_ = false;
};

} // namespace asyncio::detail
