// Timeouts: wait_for, timeout, and moving a deadline
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<std::string> slow_answer() {
    co_await asyncio::sleep(10s);
    co_return "42";
}

asyncio::Coro<> amain() {
    try {
        std::println("{}", co_await asyncio::wait_for(slow_answer(), 100ms));
    } catch (const asyncio::TimeoutError&) {
        std::println("wait_for gave up");
    }

    try {
        co_await asyncio::async_with(asyncio::timeout(100ms), []() -> asyncio::Coro<> {
            std::println("a block of code with a deadline");
            co_await asyncio::sleep(10s);
            std::println("never printed");
        });
    } catch (const asyncio::TimeoutError&) {
        std::println("the block was left");
    }

    co_await asyncio::async_with(asyncio::timeout(50ms), [](asyncio::Timeout& deadline) -> asyncio::Coro<> {
        deadline.reschedule(asyncio::get_running_loop().time() + 10);
        co_await asyncio::sleep(100ms);
        std::println("a moved deadline is kept");
    });
}

int main() {
    asyncio::run(amain());
}
