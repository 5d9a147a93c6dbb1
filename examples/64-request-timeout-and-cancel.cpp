// Giving up on a request: its own timeout, wait_for, and cancel, each of which aborts it on the network
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
namespace http = asyncio::http;

asyncio::Coro<> listen(http::ClientSession& session, asyncio::Event& begun) {
    auto response = co_await session.get("/stream/100000"); // a line each 10 ms, for many minutes
    auto lines = response.content().iter_lines();
    while (auto line = co_await lines.next()) begun.set();
}

asyncio::Coro<> amain() {
    http::ClientSession session({.base_url = "https://httpbin.test"});

    try {
        co_await session.get("/delay/30", {.timeout = http::ClientTimeout{.total = 100ms}});
    } catch (const http::ServerTimeoutError& error) {
        std::println("timeout: {}", error.what());
    }

    try {
        co_await asyncio::wait_for(session.get("/delay/30"), 100ms);
    } catch (const asyncio::TimeoutError&) {
        std::println("wait_for: gave up");
    }

    asyncio::Event begun;
    auto task = asyncio::create_task(listen(session, begun));
    co_await begun.wait();
    task.cancel();
    co_await asyncio::wait(task);
    std::println("cancel: in the middle of the body: {}", task.cancelled());
}

int main() {
    asyncio::run(amain());
}
