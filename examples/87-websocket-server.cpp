// A WebSocket server: a chat, after Python's websockets
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <format>
#include <print>
#include <set>
#include <string>
#include <vector>
namespace websocket = asyncio::websocket;

std::set<websocket::ServerConnection> members;

// Called once for each connection, which lasts as long as it runs.
asyncio::Coro<> chat(websocket::ServerConnection& ws) {
    const std::string name = ws.request().query().get("name", "nobody");
    members.insert(ws);
    websocket::broadcast(members, name + " is here");
    while (auto message = co_await ws.next()) websocket::broadcast(members, name + ": " + message->data);
    members.erase(ws);
    websocket::broadcast(members, name + " has left");
}

// Says what it has to say, and leaves after a while, or at the end of the server. Gives what it heard.
asyncio::Coro<std::vector<std::string>> guest(std::string name, std::string text, asyncio::Delay stay) {
    auto ws = co_await websocket::connect("ws://localhost:8765/?name=" + name);
    auto leaving = asyncio::create_task([&]() -> asyncio::Coro<> {
        co_await asyncio::sleep(stay);
        co_await ws.close();
    });
    if (!text.empty()) co_await ws.send(text);
    std::vector<std::string> heard;
    while (auto message = co_await ws.next()) heard.push_back(message->data);
    heard.push_back(std::format("closed with {}", *ws.close_code()));
    leaving.cancel();
    co_return heard;
}

asyncio::Coro<> amain() {
    std::vector<asyncio::Task<std::vector<std::string>>> guests;
    // Instead of the body below, server.serve_forever() would serve until Stop.
    co_await asyncio::async_with(websocket::serve(chat, "localhost", 8765), [&](websocket::Server& server) -> asyncio::Coro<> {
        guests.push_back(asyncio::create_task(guest("Ann", "", 10)));
        co_await asyncio::sleep(0.1);
        guests.push_back(asyncio::create_task(guest("Bob", "hello", 0.2)));
        co_await asyncio::sleep(0.1);
        std::println("{} are connected", server.connections().size());
        co_await asyncio::sleep(0.2);
    });
    for (const auto& heard : co_await asyncio::gather(guests)) std::println("{}", heard);
}

int main() { asyncio::run(amain()); }
