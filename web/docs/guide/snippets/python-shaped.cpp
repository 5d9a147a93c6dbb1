// A program as Python people write it: async for, async with, except
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

// async def readings(): ... yield
asyncio::AsyncGenerator<int> readings() {
    for (int value : {20, 21, -1, 22}) {
        co_await asyncio::sleep(10ms);
        co_yield value;
    }
}

asyncio::Coro<> store(int value, asyncio::Lock& lock) {
    // async with lock:
    auto held = co_await lock.scoped();
    if (value < 0) throw std::domain_error("a sensor is broken");
    std::println("stored {}", value);
}

asyncio::Coro<> amain() {
    asyncio::Lock lock;
    // async for value in readings():
    auto values = readings();
    while (auto value = co_await values.next()) {
        // try: ... except Exception as error:
        try {
            co_await store(*value, lock);
        } catch (const std::exception& error) {
            std::println("{}", error.what());
        }
    }
}

int main() {
    asyncio::run(amain());
}
