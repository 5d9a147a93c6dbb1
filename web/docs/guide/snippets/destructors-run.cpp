// Destructors run: also in a coroutine that is cancelled while it waits
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Noise {
    std::string name;
    ~Noise() { std::println("{} is destroyed", name); }
};

asyncio::Coro<> inner() {
    const Noise noise{"inner"};
    co_await asyncio::sleep(1h);
}

asyncio::Coro<> outer() {
    const Noise noise{"outer"};
    co_await inner();
}

asyncio::Coro<> amain() {
    auto task = asyncio::create_task(outer());
    co_await asyncio::sleep(10ms);
    task.cancel();
    co_await asyncio::wait(task);
    std::println("cancelled: {}", task.cancelled());
}

int main() {
    asyncio::run(amain());
}
