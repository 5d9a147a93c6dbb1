#pragma once

#include <asyncio/http/transport.hpp>
#include <asyncio/websocket/connection.hpp>

#include <memory>
#include <string_view>

namespace asyncio::detail {

/// Speaks HTTP and WebSocket over the streams' network. It is part of asyncio::web, since a program without a
/// server needs none.
struct OwnServersClient {
    std::shared_ptr<http::Transport> (*transport)();
    std::unique_ptr<websocket::Connection> (*open)(const websocket::Request& request);
};

void reach_own_servers_with(OwnServersClient client);

/// The client for a URL of a loopback address, such as "http://localhost:8080/", on whose port a server of this program
/// listens, or, natively, may listen; null for other URLs, which go out of the program. `scheme` is the one for such a URL: "http" or "ws". Raises
/// http::ClientConnectionError or websocket::ConnectError, by `scheme`, if the program does not include
/// <asyncio/web.hpp>.
const OwnServersClient* own_servers_client(std::string_view url, std::string_view scheme);

} // namespace asyncio::detail
