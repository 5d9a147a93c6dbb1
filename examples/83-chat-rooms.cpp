// Chat rooms: WebSockets on a server of the page's own
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <map>
#include <print>
#include <string>
#include <vector>
namespace web = asyncio::web;
namespace websocket = asyncio::websocket;

class Chat {
public:
    // The handler of /rooms/{room}: one call for each guest, which lasts as long as the connection.
    asyncio::Coro<web::WebSocketResponse> serve(web::Request& request) {
        const std::string room = request.match_info("room");
        const std::string name = request.query().get("name", "nobody");
        web::WebSocketResponse socket({.heartbeat = 30});
        co_await socket.prepare(request);
        rooms_[room].emplace(name, socket);
        co_await tell_others(room, name, "* " + name + " is here");
        while (auto message = co_await socket.next()) co_await tell_others(room, name, name + ": " + message->data);
        rooms_[room].erase(name);
        co_await tell_others(room, name, "* " + name + " has left");
        co_return socket;
    }

    // Without it the server would wait for the guests until its shutdown_timeout.
    asyncio::Coro<> close_all() {
        for (auto& [room, _] : rooms_) co_await tell_others(room, "", "* the server ends");
        std::vector<asyncio::Coro<>> closing;
        for (auto& [_, members] : rooms_)
            for (auto& [_, socket] : members) closing.push_back(socket.close(1001));
        co_await asyncio::gather(std::move(closing));
    }

private:
    asyncio::Coro<> tell_others(std::string room, std::string from, std::string text) {
        std::vector<asyncio::Coro<>> sending;
        for (auto& [name, socket] : rooms_[room])
            if (name != from && !socket.closed()) sending.push_back(socket.send_str(text));
        co_await asyncio::gather(asyncio::return_exceptions, std::move(sending));
    }

    std::map<std::string, std::map<std::string, web::WebSocketResponse>> rooms_;
};

// Replies with prepared answers, and leaves at a message without one.
asyncio::Coro<> guest(std::string room, std::string name, std::map<std::string, std::string> answers) {
    auto socket = co_await websocket::connect("ws://127.0.0.1:8080/rooms/" + room + "?name=" + name);
    while (auto message = co_await socket.next()) {
        std::println("{:>6}: {} hears {}", room, name, message->data);
        if (!answers.contains(message->data)) break;
        co_await socket.send(answers.at(message->data));
    }
    co_await socket.close();
}

asyncio::Coro<> amain() {
    Chat chat;
    web::Application app;
    app.router().add_get("/rooms/{room}", [&](web::Request& request) { return chat.serve(request); });
    app.on_shutdown([&] { return chat.close_all(); });

    web::AppRunner runner(app);
    asyncio::Task<> alone = co_await asyncio::async_with(runner, [&]() -> asyncio::Coro<asyncio::Task<>> {
        web::TCPSite site(runner, "127.0.0.1", 8080);
        co_await site.start();
        auto stays = asyncio::create_task(guest("coffee", "cid", {}));
        co_await asyncio::gather(
            guest("tea", "ann", {{"* bob is here", "hi bob"}, {"bob: hi ann", "I must go"}}),
            guest("tea", "bob", {{"ann: hi bob", "hi ann"}, {"ann: I must go", "bye"}}));
        co_return stays;
    });
    co_await alone;
}

int main() { asyncio::run(amain()); }
