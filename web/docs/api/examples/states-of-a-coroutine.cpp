// The states of a coroutine, by the names of Python's inspect
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> look() {
    std::println("inside: {}", asyncio::getcoroutinestate(asyncio::current_task()) == asyncio::CORO_RUNNING);
    co_await asyncio::sleep(0);
}

asyncio::Coro<> amain() {
    auto task = asyncio::create_task(look());
    std::println("{}", asyncio::getcoroutinestate(task) == asyncio::CORO_CREATED);
    co_await asyncio::sleep(0);
    std::println("{}", asyncio::getcoroutinestate(task) == asyncio::CORO_SUSPENDED);
    co_await task;
    std::println("{}", asyncio::getcoroutinestate(task));
}

int main() { asyncio::run(amain()); }
