// A WebSocket server and what it knows of its connections
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
namespace websocket = asyncio::websocket;

asyncio::Coro<> handle(websocket::ServerConnection ws) {
    std::println("{}: {} over {}, from {}", ws.id(), ws.path(), ws.subprotocol(), ws.remote_address().empty() ? "nowhere" : "somewhere");
    if (ws.path() == "/closed-here") co_return co_await ws.close(3000, "as you wish");
    const websocket::Message first = co_await ws.receive();
    co_await ws.send("text: " + first.data);
    co_await ws.send_bytes("bytes");
    co_await ws.wait_closed();
    std::println("{}: closed is {}, with {}", ws.id(), ws.closed(), *ws.close_code());
}

asyncio::Coro<> amain() {
    const websocket::ServeOptions options = {.subprotocols = {"plain"}, .max_size = 1000, .ping_interval = std::nullopt, .close_timeout = 1};
    // A handler can be kept, as anything that takes the connection.
    const websocket::ServerHandler handler = handle;
    websocket::Server server = co_await websocket::serve(handler, "localhost", 0, options);
    const std::string url = std::format("ws://localhost:{}", server.port());
    std::println("serving is {} at {} address", server.is_serving(), server.sockets().size());

    auto ws = co_await websocket::connect(url + "/kept", {.subprotocols = {"plain"}});
    co_await ws.send("hello");
    std::println("{}, {}", (co_await ws.receive()).data, (co_await ws.receive()).data);
    websocket::broadcast(server.connections(), "to all");
    std::println("{}", (co_await ws.receive()).data);

    auto other = co_await websocket::connect(url + "/closed-here", {.subprotocols = {"plain"}});
    try {
        co_await other.receive();
    } catch (const websocket::ConnectionClosed& closed) {
        std::println("{} {}", closed.code(), closed.reason());
    }

    server.close(websocket::codes::going_away, "the end");
    co_await ws.close();
    co_await server.wait_closed();
}

int main() { asyncio::run(amain()); }
