// A WebSocket's two ends in one program
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
namespace web = asyncio::web;
namespace websocket = asyncio::websocket;

asyncio::Coro<web::WebSocketResponse> shout(web::Request& request) {
    const web::WebSocketOptions options = {.protocols = {"shout"}, .max_msg_size = 1000, .heartbeat = 30};
    web::WebSocketResponse socket(options);
    co_await socket.prepare(request);
    while (auto message = co_await socket.next()) {
        if (message->data == "bye") co_await socket.close(3000, "as you wish");
        else co_await socket.send_str(message->data + "!");
    }
    std::println("closed with {}", *socket.close_code());
    co_return socket;
}

asyncio::Coro<> amain() {
    web::Application app;
    app.router().add_get("/shout", shout);
    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        const websocket::ConnectOptions options = {.subprotocols = {"shout"}};
        asyncio::WebSocket socket = co_await client.ws_connect("/shout", options);
        co_await socket.send("hello");
        std::println("{} over {}", (co_await socket.receive()).data, socket.subprotocol());
        co_await socket.send("bye");
        try {
            co_await socket.receive();
        } catch (const websocket::ConnectionClosed& closed) {
            std::println("{} {}", closed.code(), closed.reason());
        }
    });
}

int main() { asyncio::run(amain()); }
