// Several runs of one loop: what lasts from one to the next
#include <asyncio.hpp>
#include <print>

asyncio::ContextVar<int> visits("visits", 0);

asyncio::Coro<int> visit() {
    visits.set(visits.get() + 1);
    co_return visits.get();
}

int main() {
    asyncio::RunOptions options{.debug = true, .seed = 7};
    asyncio::Runner runner(options);
    std::println("debug: {}", runner.get_loop().get_debug());
    std::println("{}", runner.run(visit()));
    std::println("{}", runner.run(visit())); // the same context, the same loop
    runner.close();
}
