#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> amain() {
    std::println("Hello …");
    co_await asyncio::sleep(1s);
    std::println("… world!");
}

int main() { asyncio::run(amain()); }
