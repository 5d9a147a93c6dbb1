// A context manager from a generator: what is before its co_yield is the entry, what is after it the exit
#include <asyncio.hpp>
#include <print>

asyncio::AsyncGenerator<std::string> tent() {
    std::println("pitching");
    co_yield "a dry place";
    std::println("packing");
}

asyncio::Coro<> amain() {
    asyncio::AsyncGeneratorContextManager<std::string> camp = asyncio::asynccontextmanager(tent());
    co_await asyncio::async_with(camp, [](const std::string& place) -> asyncio::Coro<> {
        std::println("sleeping in {}", place);
        co_return;
    });
}

int main() { asyncio::run(amain()); }
