// shield: what must not be interrupted
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> save() {
    std::println("saving ...");
    co_await asyncio::sleep(200ms);
    std::println("... saved");
}

asyncio::Coro<> amain() {
    auto saving = asyncio::create_task(save());
    try {
        co_await asyncio::wait_for(asyncio::shield(saving), 50ms);
    } catch (const asyncio::TimeoutError&) {
        std::println("no more waiting, but the saving goes on");
    }
    co_await saving;
}

int main() {
    asyncio::run(amain());
}
