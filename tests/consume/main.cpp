#include <asyncio.hpp>

#include <cstdio>

asyncio::Coro<int> twice(int value) {
    co_await asyncio::sleep(std::chrono::milliseconds(1));
    co_return 2 * value;
}

asyncio::Coro<int> sum() {
    auto [a, b] = co_await asyncio::gather(twice(1), twice(2));
    co_return a + b;
}

int main() { std::printf("%d\n", asyncio::run(sum())); }
