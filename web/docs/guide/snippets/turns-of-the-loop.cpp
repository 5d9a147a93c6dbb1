// Turns of the loop: what is ready now runs first, what that makes ready comes next
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> say(std::string name) {
    for (int turn = 1; turn <= 2; ++turn) {
        std::println("{} in its step {}", name, turn);
        co_await asyncio::sleep(0);
    }
}

asyncio::Coro<> amain() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    auto ann = asyncio::create_task(say("ann"));
    auto bob = asyncio::create_task(say("bob"));
    loop.call_soon([&loop] {
        std::println("a callback");
        loop.call_soon([] { std::println("a callback of the callback"); });
    });
    co_await asyncio::gather(ann, bob);
}

int main() {
    asyncio::run(amain());
}
