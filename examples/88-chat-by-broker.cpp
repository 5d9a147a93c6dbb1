// A chat whose rooms are channels: each guest hears several sources
#include <asyncio.hpp>
#include <asyncio/broker.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
#include <vector>
namespace broker = asyncio::broker;
namespace websocket = asyncio::websocket;

// What is published in the rooms of a guest, and to all, goes to its WebSocket.
asyncio::Coro<> forward(websocket::ServerConnection ws, broker::PubSub subscriber) {
    auto messages = subscriber.listen();
    while (auto message = co_await messages.next()) co_await ws.send(message->channel + " " + message->data);
}

asyncio::Coro<> chat(websocket::ServerConnection& ws) {
    const std::string name = ws.request().query().get("name", "nobody");
    // One that reads too slowly loses the oldest messages; the others do not wait for it.
    broker::PubSub subscriber = broker::connect("chat").pubsub({.ignore_subscribe_messages = true, .limit = 100});
    for (const std::string& room : ws.request().query().get_all("room")) co_await subscriber.subscribe("room:" + room);
    co_await subscriber.psubscribe("all.*");
    auto forwarding = asyncio::create_task(forward(ws, subscriber));
    while (auto message = co_await ws.next()) {
        // "tea hello" is for the room tea.
        const std::size_t space = message->data.find(' ');
        const std::string room = "room:" + message->data.substr(0, space);
        const auto heard = co_await broker::connect("chat").publish(room, name + ":" + message->data.substr(space));
        if (heard == 0) co_await ws.send("nobody is in " + room);
    }
    forwarding.cancel();
}

asyncio::Coro<> guest(std::string name, std::string rooms) {
    auto ws = co_await websocket::connect("ws://localhost:8765/?name=" + name + rooms);
    while (auto message = co_await ws.next()) std::println("{} hears {}", name, message->data);
}

asyncio::Coro<> amain() {
    std::vector<asyncio::Task<>> guests;
    co_await asyncio::async_with(websocket::serve(chat, "localhost", 8765), [&]() -> asyncio::Coro<> {
        guests.push_back(asyncio::create_task(guest("Ann", "&room=tea&room=cake")));
        co_await asyncio::sleep(0.1);
        guests.push_back(asyncio::create_task(guest("Bob", "&room=cake")));
        co_await asyncio::sleep(0.1);
        auto ws = co_await websocket::connect("ws://localhost:8765/?name=Cy");
        for (const char* text : {"tea hot?", "cake sweet!", "milk anyone?"}) {
            co_await ws.send(text);
            co_await asyncio::sleep(0.1);
        }
        std::println("Cy hears {}", (co_await ws.receive()).data);
        co_await ws.close();
        // Another source: no guest, and no WebSocket.
        co_await broker::connect("chat").publish("all.news", "it is five o'clock");
        co_await asyncio::sleep(0.1);
    });
    co_await asyncio::gather(guests);
}

int main() { asyncio::run(amain()); }
