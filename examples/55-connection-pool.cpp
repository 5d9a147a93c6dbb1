// A connection pool: a session has a limited number of connections, and requests wait for one
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
namespace http = asyncio::http;

asyncio::Coro<int> ask(http::ClientSession& session, double seconds, http::RequestOptions options = {}) {
    auto response = co_await session.get(std::format("https://httpbin.test/delay/{}", seconds), std::move(options));
    co_return response.status();
} // here the response gives its connection back

asyncio::Coro<> amain() {
    {
        http::ClientSession session({.limit = 2});
        const auto& loop = asyncio::get_running_loop();
        const double start = loop.time();
        std::vector<asyncio::Coro<int>> requests;
        for (int i = 0; i < 6; ++i) requests.push_back(ask(session, 0.2));
        const auto statuses = co_await asyncio::gather(std::move(requests));
        std::println("{} requests over 2 connections", statuses.size());
        std::println("they took three rounds: {}", loop.time() - start > 0.5);
    }

    // A request can limit how long it waits for a connection.
    http::ClientSession session({.limit = 1});
    auto first = asyncio::create_task(ask(session, 1));
    co_await asyncio::sleep(0);
    try {
        co_await ask(session, 0, {.timeout = http::ClientTimeout{.connect = 50ms}});
    } catch (const http::ServerTimeoutError& error) {
        std::println("{}", error.what());
    }
    std::println("the first: {}", co_await first);
}

int main() {
    asyncio::run(amain());
}
