// Sending to a generator: a running average that can be reset
#include <asyncio.hpp>
#include <print>

asyncio::AsyncGenerator<double, double> average() {
    double mean = 0;
    for (double sum = 0, count = 0;;) {
        try {
            const std::optional<double> number = co_yield mean;
            if (number) mean = (sum += *number) / ++count;
        } catch (const asyncio::ValueError& error) {
            std::println("starting over: {}", error.what());
            mean = sum = count = 0;
        }
    }
}

asyncio::Coro<> amain() {
    auto averages = average();
    co_await averages.next(); // runs to its first co_yield
    for (double number : {10, 20, 6}) std::println("{} makes {}", number, *co_await averages.asend(number));
    std::println("{}", *co_await averages.athrow(asyncio::ValueError("a new day")));
    std::println("{} makes {}", 4, *co_await averages.asend(4));
    co_await averages.aclose();
    std::println("closed: {}", co_await averages.next() ? "no" : "yes");
}

int main() { asyncio::run(amain()); }
