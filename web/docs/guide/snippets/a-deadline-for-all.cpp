// A deadline for all: a group of tasks inside a timeout, and everyone cleans up
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> errand(std::string name, std::chrono::milliseconds takes) {
    try {
        co_await asyncio::sleep(takes);
        std::println("{}: done", name);
    } catch (const asyncio::CancelledError&) {
        std::println("{}: not done", name);
        throw;
    }
}

asyncio::Coro<> all_errands() {
    co_await asyncio::async_with(asyncio::TaskGroup(), [](asyncio::TaskGroup& group) -> asyncio::Coro<> {
        group.create_task(errand("post", 20ms));
        group.create_task(errand("baker", 10s));
        group.create_task(errand("bank", 10s));
        co_return;
    });
}

asyncio::Coro<> amain() {
    try {
        co_await asyncio::wait_for(all_errands(), 100ms);
    } catch (const asyncio::TimeoutError&) {
        std::println("the shops are closed");
    }
}

int main() {
    asyncio::run(amain());
}
