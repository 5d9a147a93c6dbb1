// A delay or none: what takes a timeout takes nullopt as well
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> wait_at_most(asyncio::MaybeDelay limit) {
    if (limit)
        std::println("waiting at most {} s", limit->seconds());
    else
        std::println("waiting as long as it takes");
    try {
        std::println("{}",
                     co_await asyncio::wait_for(asyncio::sleep(40ms, std::string("there it is")), limit));
    } catch (const asyncio::TimeoutError&) {
        std::println("not in that time");
    }
}

asyncio::Coro<> amain() {
    co_await wait_at_most(10ms);
    co_await wait_at_most(asyncio::Delay(60)); // seconds, as in Python
    co_await wait_at_most(std::nullopt);
}

int main() { asyncio::run(amain()); }
