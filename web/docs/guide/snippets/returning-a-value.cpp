// A value that comes back: from the coroutine to its caller, and from run to main
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<int> slowly_add(int a, int b) {
    co_await asyncio::sleep(50ms);
    co_return a + b;
}

asyncio::Coro<int> amain() {
    const int five = co_await slowly_add(2, 3);
    std::println("2 + 3 is {}", five);
    co_return co_await slowly_add(five, five);
}

int main() {
    std::println("twice that is {}", asyncio::run(amain()));
}
