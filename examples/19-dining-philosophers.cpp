// Dining philosophers: an order of locks that cannot deadlock
#include <array>
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

constexpr int seats = 5;
using Forks = std::array<asyncio::Lock, seats>;

asyncio::Coro<> dine(int seat, Forks& forks, int& meals) {
    const int left = seat, right = (seat + 1) % seats;
    // Everyone takes the fork with the lower number first: no cycle of waiting can form.
    asyncio::Lock& first = forks[std::min(left, right)];
    asyncio::Lock& second = forks[std::max(left, right)];
    for (int meal = 0; meal < 3; ++meal) {
        auto one = co_await first.scoped();
        co_await asyncio::sleep(1ms);
        auto other = co_await second.scoped();
        co_await asyncio::sleep(5ms);
        ++meals;
    }
}

asyncio::Coro<> amain() {
    Forks forks;
    int meals = 0;
    std::vector<asyncio::Coro<>> table;
    for (int seat = 0; seat < seats; ++seat) table.push_back(dine(seat, forks, meals));
    co_await asyncio::gather(std::move(table));
    std::println("{} meals were had", meals);
}

int main() {
    asyncio::run(amain());
}
