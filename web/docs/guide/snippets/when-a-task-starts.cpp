// When a task starts: at the next co_await of its creator
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> work(std::string name) {
    std::println("{} begins", name);
    co_await asyncio::sleep(0);
    std::println("{} ends", name);
}

asyncio::Coro<> amain() {
    auto first = asyncio::create_task(work("first"));
    auto second = asyncio::create_task(work("second"));
    std::println("both are made, neither has begun");
    co_await first;
    co_await second;
}

int main() {
    asyncio::run(amain());
}
