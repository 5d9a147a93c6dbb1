// Orders by seed: what asyncio leaves open can come out in another order
#include <asyncio.hpp>
#include <print>
#include <set>

asyncio::Coro<> note(char name, std::string& log) {
    log += name;
    co_return;
}

asyncio::Coro<std::string> race() {
    std::string log;
    co_await asyncio::gather(note('a', log), note('b', log), note('c', log));
    co_return log;
}

int main() {
    std::println("without a seed: {}", asyncio::run(race()));
    std::set<std::string> seen;
    for (std::uint32_t seed = 0; seed < 100; ++seed) seen.insert(asyncio::run(race(), {.seed = seed}));
    for (const std::string& order : seen) std::println("with one: {}", order);
}
