// LISTEN and NOTIFY: as an iteration, and as a callback
#include <asyncio.hpp>
#include <asyncio/postgres.hpp>
#include <print>
#include <string>
namespace postgres = asyncio::postgres;

asyncio::Coro<> amain() {
    auto sender = co_await postgres::connect();
    auto receiver = co_await postgres::connect();
    std::string called;
    postgres::Notifications news = co_await receiver.listen("news");
    const postgres::ListenerId id = co_await receiver.add_listener(
        "news", [&](const postgres::Notification& note) { called += " " + note.payload; });
    for (const char* text : {"one", "two", "last"}) co_await sender.execute("SELECT pg_notify($1, $2)", "news", text);
    while (auto note = co_await news.next()) {
        std::println("{}: {}", note->channel, note->payload);
        if (note->payload == "last") break;
    }
    co_await asyncio::sleep(0);
    std::println("called:{}", called);
    co_await receiver.remove_listener("news", id);
    co_await news.aclose();
    co_await receiver.close();
    co_await sender.close();
}

int main() { asyncio::run(amain()); }
