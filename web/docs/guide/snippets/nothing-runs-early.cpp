// Nothing runs early: a coroutine begins where it is awaited
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> greet(std::string name) {
    std::println("hello, {}", name);
    co_return;
}

asyncio::Coro<> amain() {
    auto greeting = greet("Ada");
    std::println("the coroutine is made");
    co_await std::move(greeting);
    std::println("the coroutine has run");
}

int main() {
    asyncio::run(amain());
}
