// Parallel requests: all of them take as long as the slowest
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;
using Clock = std::chrono::steady_clock;

// The page has a small simulated network: hosts under .test respond without a real one.
asyncio::Coro<std::string> ask(http::ClientSession& session, std::string name) {
    auto response = co_await session.get("https://httpbin.test/delay/0.3", {.params = {{"name", name}}});
    const auto answer = co_await response.json();
    co_return answer["args"]["name"];
}

asyncio::Coro<> amain() {
    http::ClientSession session;
    const std::vector<std::string> names{"ann", "bob", "cem", "dee"};

    auto start = Clock::now();
    for (const auto& name : names) std::println("one by one: {}", co_await ask(session, name));
    const auto sequential = Clock::now() - start;

    start = Clock::now();
    std::vector<asyncio::Coro<std::string>> requests;
    for (const auto& name : names) requests.push_back(ask(session, name));
    for (const auto& name : co_await asyncio::gather(std::move(requests))) std::println("together: {}", name);
    const auto parallel = Clock::now() - start;

    std::println("together at least twice as fast: {}", 2 * parallel < sequential);
}

int main() {
    asyncio::run(amain());
}
