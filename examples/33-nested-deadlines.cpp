// Nested deadlines: one for the whole journey, and a shorter one for each step
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> step(std::string name, std::chrono::milliseconds takes) {
    try {
        co_await asyncio::async_with(asyncio::timeout(100ms), [=]() -> asyncio::Coro<> {
            co_await asyncio::sleep(takes);
            std::println("{}: done", name);
        });
    } catch (const asyncio::TimeoutError&) {
        std::println("{}: too slow, without it then", name);
    }
}

asyncio::Coro<> journey() {
    co_await step("pack", 50ms);
    co_await step("breakfast", 10s);
    co_await step("walk", 50ms);
    // The outer deadline comes first here, and the step's own handler does not catch it.
    co_await step("climb", 90ms);
    std::println("never printed");
}

asyncio::Coro<> amain() {
    asyncio::Timeout day = asyncio::timeout(250ms);
    try {
        co_await asyncio::async_with(day, journey);
    } catch (const asyncio::TimeoutError&) {
        std::println("night falls");
    }
    std::println("the day's deadline has passed: {}", day.expired());
}

int main() {
    asyncio::run(amain());
}
