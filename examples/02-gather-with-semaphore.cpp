// Side by side: three jobs, but two at a time
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<std::string> fetch_one(std::string name, asyncio::Semaphore& slots) {
    auto held = co_await slots.scoped();
    std::println("{} starts", name);
    co_await asyncio::sleep(300ms);
    co_return name + " done";
}
asyncio::Coro<> amain() {
    asyncio::Semaphore slots{2};
    auto [a, b, c] = co_await asyncio::gather(
        fetch_one("A", slots), fetch_one("B", slots), fetch_one("C", slots));
    std::println("{}, {}, {}", a, b, c);
}
int main() { asyncio::run(amain()); }
