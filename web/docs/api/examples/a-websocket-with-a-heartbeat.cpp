// A WebSocket with a heartbeat, over a connection that tells what it does
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
namespace websocket = asyncio::websocket;

std::unique_ptr<websocket::Connection> tell_and_open(const websocket::Request& request) {
    std::println("opening {}", request.url);
    return websocket::open(request);
}

asyncio::Coro<> amain() {
    const websocket::Heartbeat pulse{.interval = 20ms, .message = "ping", .answer = "ping", .timeout = 5s};
    const websocket::ConnectOptions options{.max_queue = 16, .heartbeat = pulse, .open = tell_and_open};
    asyncio::WebSocket echo = co_await websocket::connect("wss://echo.test", options);
    co_await asyncio::sleep(70ms); // the pulse beats meanwhile, and is not heard
    co_await echo.send("hello");
    const websocket::Message message = co_await echo.receive();
    std::println("{} ({})", message.data, message.binary ? "bytes" : "text");
    co_await echo.close();
}

int main() { asyncio::run(amain()); }
