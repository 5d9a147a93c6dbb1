// First steps: a coroutine that waits without blocking
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> amain() {
    std::println("Hello ...");
    co_await asyncio::sleep(200ms);
    std::println("... world!");
}

int main() {
    asyncio::run(amain());
}
