#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/websocket/websocket.hpp>

#include <memory>
#include <string>

namespace asyncio::websocket {

struct Opened {
    std::shared_ptr<Connection> connection;
    std::string subprotocol;
};

/// Suspends until the connection is open; raises the errors of connect().
Coro<Opened> handshake(std::string url, const ConnectOptions& options);

} // namespace asyncio::websocket
