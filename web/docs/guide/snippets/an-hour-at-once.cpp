// An hour at once: on a virtual clock a wait takes no time
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> bell() {
    for (int quarter = 1; quarter <= 4; ++quarter) {
        co_await asyncio::sleep(15min);
        std::println("{} s: {} of 4", asyncio::get_running_loop().time(), quarter);
    }
}

int main() {
    asyncio::run(bell(), {.loop_factory = [] {
                     return std::make_unique<asyncio::EventLoop>(std::make_unique<asyncio::VirtualClock>());
                 }});
}
