// Await or task: one after the other, or at the same time
#include <asyncio.hpp>
#include <cmath>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> say_after(std::chrono::milliseconds delay, std::string what) {
    co_await asyncio::sleep(delay);
    std::println("{}", what);
}

// How many whole tenths of a second a coroutine takes, in seconds.
asyncio::Coro<double> timed(asyncio::Coro<> work) {
    const double start = asyncio::get_running_loop().time();
    co_await std::move(work);
    co_return std::floor((asyncio::get_running_loop().time() - start) * 10) / 10;
}

asyncio::Coro<> in_sequence() {
    co_await say_after(100ms, "hello");
    co_await say_after(200ms, "world");
}

asyncio::Coro<> at_once() {
    auto first = asyncio::create_task(say_after(100ms, "hello"));
    auto second = asyncio::create_task(say_after(200ms, "world"));
    co_await first;
    co_await second;
}

asyncio::Coro<> amain() {
    std::println("in sequence: {} s", co_await timed(in_sequence()));
    std::println("at once: {} s", co_await timed(at_once()));
}

int main() {
    asyncio::run(amain());
}
