// Closing a generator: its cleanup runs where the block ends, not some time later
#include <asyncio.hpp>
#include <print>

asyncio::AsyncGenerator<int> readings() {
    try {
        for (int degrees = 19;; ++degrees) co_yield degrees;
    } catch (const asyncio::GeneratorExit&) {
        std::println("the sensor is switched off");
        throw;
    }
}

asyncio::Coro<> amain() {
    auto sensor = readings();
    asyncio::AsyncClosing<asyncio::AsyncGenerator<int>&> closing = asyncio::aclosing(sensor);
    co_await asyncio::async_with(closing, [](asyncio::AsyncGenerator<int>& open) -> asyncio::Coro<> {
        while (auto degrees = co_await open.next()) {
            std::println("{} degrees", *degrees);
            if (*degrees == 21) break;
        }
    });
    std::println("and only then it goes on");
}

int main() { asyncio::run(amain()); }
