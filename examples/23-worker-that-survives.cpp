// A worker that survives: errors are caught inside its loop
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<int> half(int number) {
    co_await asyncio::sleep(10ms);
    if (number % 2 != 0) throw std::invalid_argument("odd");
    co_return number / 2;
}

asyncio::Coro<> worker(asyncio::Queue<int>& numbers) {
    for (;;) {
        try {
            const int number = co_await numbers.get();
            std::println("half of {} is {}", number, co_await half(number));
        } catch (const std::invalid_argument& error) {
            std::println("no half: {}", error.what());
        } catch (const asyncio::QueueShutDown&) {
            co_return;
        }
    }
}

asyncio::Coro<> retried() {
    for (int attempt = 1; attempt <= 3; ++attempt) {
        while (true) {
            try {
                std::println("attempt {}: {}", attempt, co_await half(attempt));
                co_return;
            } catch (const std::exception& error) {
                std::println("attempt {} fails: {}", attempt, error.what());
                break;
            }
        }
    }
}

asyncio::Coro<> amain() {
    asyncio::Queue<int> numbers;
    for (int number : {2, 3, 8}) numbers.put_nowait(number);
    numbers.shutdown();
    co_await worker(numbers);
    co_await retried();
}

int main() { asyncio::run(amain()); }
