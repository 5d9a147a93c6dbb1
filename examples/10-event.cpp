// Events: many wait for one signal
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> runner(int number, asyncio::Event& start) {
    std::println("runner {} is ready", number);
    co_await start.wait();
    std::println("runner {} runs", number);
}

asyncio::Coro<> amain() {
    asyncio::Event start;
    std::vector<asyncio::Task<>> runners;
    for (int number = 1; number <= 3; ++number) runners.push_back(asyncio::create_task(runner(number, start)));
    co_await asyncio::sleep(100ms);
    std::println("go!");
    start.set();
    co_await asyncio::gather(runners);
}

int main() {
    asyncio::run(amain());
}
