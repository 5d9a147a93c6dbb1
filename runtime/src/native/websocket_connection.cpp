#include <asyncio/websocket/connection.hpp>

namespace asyncio::websocket {

std::unique_ptr<Connection> open(const Request&) {
    throw ConnectError("the native build has no WebSocket client: pass an `open` function to connect()");
}

} // namespace asyncio::websocket
