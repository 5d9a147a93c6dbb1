// Pitfall: a call that blocks the loop. While it runs, no other task does
#include <algorithm>
#include <asyncio.hpp>
#include <print>
#include <vector>
using namespace std::chrono_literals;

// Hundreds of thousands of steps without one co_await.
int count_primes(int from, int to) {
    int count = 0;
    for (int number = std::max(from, 2); number < to; ++number) {
        bool prime = true;
        for (int divisor = 2; prime && divisor * divisor <= number; ++divisor) prime = number % divisor != 0;
        count += prime ? 1 : 0;
    }
    return count;
}

asyncio::Coro<> heartbeat(int& beats) {
    for (;;) {
        co_await asyncio::sleep(0);
        ++beats;
    }
}

asyncio::Coro<> amain() {
    int beats = 0;
    auto beating = asyncio::create_task(heartbeat(beats));

    // The mistake: the loop is blocked.
    int primes = count_primes(0, 60'000);
    std::println("{} primes, {} heartbeats meanwhile", primes, beats);

    // The fix: in pieces, with a turn of the loop after each.
    primes = 0;
    for (int from = 0; from < 60'000; from += 6'000) {
        primes += count_primes(from, from + 6'000);
        co_await asyncio::sleep(0);
    }
    std::println("{} primes, at least 9 heartbeats meanwhile: {}", primes, beats >= 9);

    // Or on a thread, where the page has them: see "Work in threads".
    std::println("{} primes from a thread", co_await asyncio::to_thread(count_primes, 0, 6'000));
    beating.cancel();
}

int main() {
    asyncio::run(amain());
}
