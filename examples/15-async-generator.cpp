// Async generators: a stream of values, and its cleanup
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::AsyncGenerator<int> ticker(int from) {
    std::println("ticker opens");
    try {
        for (int tick = from;; ++tick) {
            co_await asyncio::sleep(20ms);
            co_yield tick;
        }
    } catch (const asyncio::GeneratorExit&) {
        std::println("ticker closes");
        throw;
    }
}

asyncio::Coro<> amain() {
    auto ticks = ticker(1);
    while (auto tick = co_await ticks.next()) {
        std::println("tick {}", *tick);
        if (*tick == 3) break;
    }
    co_await ticks.aclose();
}

int main() {
    asyncio::run(amain());
}
