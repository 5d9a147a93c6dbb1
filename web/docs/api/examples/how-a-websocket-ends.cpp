// How a WebSocket ends: well, badly, or not at all
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
namespace websocket = asyncio::websocket;

void tell(const websocket::CloseInfo& info) {
    std::print("{}: ", info.ok() ? "well" : "badly");
    switch (info.code) {
    case websocket::codes::normal: std::println("it was over"); break;
    case websocket::codes::going_away: std::println("the page is left"); break;
    case websocket::codes::none: std::println("without a word"); break;
    case websocket::codes::broken_off: std::println("the line broke"); break;
    case websocket::codes::fault: std::println("a fault of the server"); break;
    default: std::println("{} {}", info.code, info.reason);
    }
}

asyncio::Coro<> receive_after_end(int code, std::string reason) {
    asyncio::WebSocket echo = co_await websocket::connect("wss://echo.test");
    co_await echo.close(code, reason);
    try {
        co_await echo.receive();
    } catch (const websocket::ConnectionClosedOK& closed) {
        tell({closed.code(), closed.reason()});
    } catch (const websocket::ConnectionClosedError& closed) {
        tell({closed.code(), closed.reason()});
    }
}

asyncio::Coro<> amain() {
    co_await receive_after_end(websocket::codes::normal, "");
    co_await receive_after_end(4001, "no more coffee");
    try {
        asyncio::WebSocket echo = co_await websocket::connect("wss://echo.test");
        co_await echo.close();
        co_await echo.send("too late");
    } catch (const websocket::ConnectionClosed& closed) {
        std::println("not sent: closed with {}", closed.code());
    }
    try {
        co_await websocket::connect("https://echo.test:x");
    } catch (const websocket::InvalidUrl& error) {
        std::println("no address: {}", error.url());
    }
    try {
        co_await websocket::connect("wss://nobody.test");
    } catch (const websocket::ConnectError&) {
        std::println("nobody answers");
    }
}

int main() { asyncio::run(amain()); }
