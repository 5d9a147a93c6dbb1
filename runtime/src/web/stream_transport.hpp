#pragma once

#include <asyncio/http/transport.hpp>
#include <asyncio/websocket/connection.hpp>

#include <memory>

namespace asyncio::web::detail {

/// Carries requests of http::ClientSession over the runtime's streams, one connection each.
std::shared_ptr<http::Transport> make_stream_transport();

/// A WebSocket over the runtime's streams: for websocket::ConnectOptions::open.
std::unique_ptr<websocket::Connection> open_stream_websocket(const websocket::Request& request);

} // namespace asyncio::web::detail
