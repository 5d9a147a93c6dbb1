// Work in threads: heavy functions run beside a ticking loop
// One thread for each part. In a page without threads they run between the loop's turns, so work that
// is split into parts still lets the rest of the program run in between.
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
#include <vector>

int count_primes(int from, int to) {
    int count = 0;
    for (int number = from; number < to; ++number) {
        bool prime = number > 1;
        for (int divisor = 2; prime && divisor * divisor <= number; ++divisor) prime = number % divisor != 0;
        count += prime ? 1 : 0;
    }
    return count;
}

asyncio::Coro<> tick(int& ticks) {
    for (;;) {
        co_await asyncio::sleep(0);
        ++ticks;
    }
}

int refuse() { throw std::invalid_argument("nothing to count"); }

asyncio::Coro<> async_main() {
    int ticks = 0;
    auto ticking = asyncio::create_task(tick(ticks));

    // All parts at once, on the loop's own executor.
    constexpr int part = 25'000;
    std::vector<asyncio::Coro<int>> parts;
    for (int i = 0; i < 8; ++i) parts.push_back(asyncio::to_thread(count_primes, i * part, (i + 1) * part));
    int primes = 0;
    for (int count : co_await asyncio::gather(std::move(parts))) primes += count;
    std::println("{} primes below {}", primes, 8 * part);
    std::println("the loop ticked meanwhile: {}", ticks >= 8);

    // An executor with one thread runs its work one piece after the other.
    asyncio::ThreadPoolExecutor one_thread(1);
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    auto first = loop.run_in_executor(one_thread, [] { return "first"; });
    auto second = loop.run_in_executor(one_thread, [] { return "second"; });
    auto [one, two] = co_await asyncio::gather(first, second);
    std::println("{}, then {}", one, two);

    // What a function raises on its thread comes out at the co_await.
    try {
        co_await asyncio::to_thread(refuse);
    } catch (const std::invalid_argument& error) {
        std::println("refused: {}", error.what());
    }

    ticking.cancel();
}

int main() { asyncio::run(async_main()); }
