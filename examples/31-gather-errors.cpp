// gather and errors: the first is raised, or each is kept in its place
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<int> parse(std::string text, std::chrono::milliseconds takes) {
    co_await asyncio::sleep(takes);
    if (text == "?") throw std::invalid_argument("no number");
    std::println("parsed {}", text);
    co_return std::stoi(text);
}

asyncio::Coro<> amain() {
    // The first error is raised at once. The others are not stopped, but nobody waits for them any more.
    try {
        co_await asyncio::gather(parse("1", 10ms), parse("?", 20ms), parse("3", 30ms));
    } catch (const std::invalid_argument& error) {
        std::println("gather raised: {}", error.what());
    }
    co_await asyncio::sleep(50ms);

    // Or gather waits for all of them, and an error is a result like any other.
    auto results = co_await asyncio::gather(asyncio::return_exceptions, parse("4", 10ms), parse("?", 20ms), parse("6", 30ms));
    const auto show = [](const asyncio::Outcome<int>& result) {
        if (result) std::println("value {}", *result);
        else std::println("error");
    };
    std::apply([&](const auto&... each) { (show(each), ...); }, results);
}

int main() {
    asyncio::run(amain());
}
