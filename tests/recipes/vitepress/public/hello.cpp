#include <asyncio.hpp>
#include <print>

asyncio::Coro<> amain() {
    co_await asyncio::sleep(0.01);
    std::println("hello from VitePress");
}

int main() {
    asyncio::run(amain());
}
