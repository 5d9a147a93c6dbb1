// WebSocket with several event sources: prices, news and a clock meet in one queue
#include <asyncio.hpp>
#include <map>
#include <print>
using namespace std::chrono_literals;
namespace http = asyncio::http;
namespace websocket = asyncio::websocket;

struct Event {
    std::string source;
    std::string text;
};
using Events = asyncio::Queue<Event>;

// wss://echo.test, in the page's own network, echoes each message: here it plays a stock exchange.
asyncio::Coro<> trade(asyncio::WebSocket& exchange) {
    for (int price : {101, 103, 99, 104}) {
        co_await exchange.send(std::format("{}", price));
        co_await asyncio::sleep(10ms);
    }
    co_await exchange.close(1000, "the market is closed");
}

asyncio::Coro<> prices(Events& events) {
    asyncio::WebSocket exchange = co_await websocket::connect("wss://echo.test");
    auto trading = asyncio::create_task(trade(exchange));
    while (auto message = co_await exchange.next()) co_await events.put({"prices", message->data});
    co_await events.put({"prices", exchange.close_reason().value()});
    co_await trading;
}

asyncio::Coro<> news(Events& events) {
    auto response = co_await asyncio::fetch("https://httpbin.test/stream/3"); // a line of JSON at a time
    auto lines = response.content().iter_lines();
    while (auto line = co_await lines.next())
        co_await events.put({"news", std::format("item {}", asyncio::parse_json(*line)["id"].get<int>())});
}

asyncio::Coro<> clock(Events& events) {
    for (;;) {
        co_await asyncio::sleep(25ms);
        co_await events.put({"clock", "tick"});
    }
}

// The only place that knows all the sources.
asyncio::Coro<> show(Events& events) {
    std::map<std::string, std::vector<std::string>> board;
    bool market_open = true;
    while (market_open || board["news"].size() < 3) {
        const Event event = co_await events.get();
        board[event.source].push_back(event.text);
        market_open = market_open && event.text != "the market is closed";
    }
    for (const auto& price : board["prices"]) std::println("price: {}", price);
    for (const auto& item : board["news"]) std::println("news: {}", item);
    std::println("the clock ticked: {}", !board["clock"].empty());
}

asyncio::Coro<> amain() {
    Events events;
    auto ticking = asyncio::create_task(clock(events));
    co_await asyncio::gather(prices(events), news(events), show(events));
    ticking.cancel();
}

int main() { asyncio::run(amain()); }
