// Eager tasks: what need not wait never goes through the loop
#include <asyncio.hpp>
#include <map>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<int> price_of(std::string item, std::map<std::string, int>& cache) {
    if (auto known = cache.find(item); known != cache.end()) co_return known->second;
    std::println("asking for the price of {}", item);
    co_await asyncio::sleep(20ms);
    co_return cache[item] = static_cast<int>(item.size());
}

asyncio::Coro<> amain() {
    std::map<std::string, int> cache;
    asyncio::get_running_loop().set_task_factory(asyncio::eager_task_factory);

    auto first = asyncio::create_task(price_of("apple", cache));
    std::println("new: {}", first.done() ? "done at once" : "still under way");
    std::println("it costs {}", co_await first);

    auto again = asyncio::create_task(price_of("apple", cache));
    std::println("known: {}", again.done() ? "done at once" : "still under way");
    std::println("it costs {}", co_await again);
}

int main() { asyncio::run(amain()); }
