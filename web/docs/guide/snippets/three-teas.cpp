// Three waits, one second
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> tea(int cup) {
    co_await asyncio::sleep(1);
    std::println("tea {}", cup);
}

asyncio::Coro<> amain() {
    co_await asyncio::gather(
        tea(1), tea(2), tea(3));
}

int main() {
    asyncio::run(amain());
}
