// Where the time goes: which coroutine functions held the loop, and for how long
#include <asyncio.hpp>
#include <asyncio/profile.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> load(int page) {
    co_await asyncio::sleep(page * 10ms); // waits, and lets other tasks run
}

asyncio::Coro<> parse() {
    const auto until = std::chrono::steady_clock::now() + 30ms;
    while (std::chrono::steady_clock::now() < until) {} // computes, and holds the loop
    co_return;
}

asyncio::Coro<> read_pages() {
    co_await asyncio::gather(load(1), load(2), load(3), parse(), parse());
}

asyncio::Coro<> amain() {
    const asyncio::Profile profile = co_await asyncio::profile(read_pages());
    std::println("{} held the loop longest", profile.rows.front().function);
    std::println(stderr, "{}", profile); // other times in each run
}

int main() {
    asyncio::run(amain());
}
