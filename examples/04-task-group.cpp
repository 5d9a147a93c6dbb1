// Task groups: all succeed, or all are stopped
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<int> measure(std::string sensor, std::chrono::milliseconds takes, int value) {
    try {
        co_await asyncio::sleep(takes);
    } catch (const asyncio::CancelledError&) {
        std::println("{} is cancelled", sensor);
        throw;
    }
    if (value < 0) throw std::runtime_error(sensor + " is broken");
    std::println("{} says {}", sensor, value);
    co_return value;
}

asyncio::Coro<int> sum_of_all() {
    co_return co_await asyncio::async_with(asyncio::TaskGroup{},
                                           [](asyncio::TaskGroup& group) -> asyncio::Coro<int> {
                                               auto left = group.create_task(measure("left", 50ms, 20));
                                               auto right = group.create_task(measure("right", 100ms, 22));
                                               co_return co_await left + co_await right;
                                           });
}

asyncio::Coro<> with_a_broken_one() {
    co_await asyncio::async_with(asyncio::TaskGroup{}, [](asyncio::TaskGroup& group) -> asyncio::Coro<> {
        group.create_task(measure("slow", 10s, 1));
        group.create_task(measure("bad", 100ms, -1));
        co_return;
    });
}

asyncio::Coro<> amain() {
    std::println("sum: {}", co_await sum_of_all());
    try {
        co_await with_a_broken_one();
    } catch (const asyncio::ExceptionGroup& group) {
        std::println("{}", group.what());
        for (const std::exception_ptr& error : group.exceptions())
            std::println("  {}", asyncio::describe(error));
    }
}

int main() { asyncio::run(amain()); }
