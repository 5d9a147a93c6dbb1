#include <asyncio/websocket/connection.hpp>

namespace asyncio::websocket {

std::unique_ptr<Connection> open(const Request&) {
    throw ConnectError("there is no network in the native build: give connect() an `open` of your own");
}

} // namespace asyncio::websocket
