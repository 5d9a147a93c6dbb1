// What a task waits for: kinds, holders, and the words for them
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> hold(asyncio::Lock& lock, asyncio::Event& done) {
    auto held = co_await lock.scoped();
    co_await done.wait();
}

void tell(const std::string& name, const asyncio::AwaitedThing& thing) {
    const char* more = thing.kind == asyncio::AwaitedKind::lock ? ", which is a matter of its holder" : "";
    std::println("{} waits for {}{}", name, thing.describe(), more);
}

asyncio::Coro<> amain() {
    asyncio::Lock lock;
    asyncio::Event done;
    auto ann = asyncio::create_task(hold(lock, done), "Ann");
    auto bob = asyncio::create_task(hold(lock, done), "Bob");
    co_await asyncio::sleep(0);
    for (const asyncio::AwaitNode& node : asyncio::capture_await_graph())
        if (node.waits_for) tell(node.name, *node.waits_for);
    done.set();
    co_await asyncio::gather(ann, bob);
}

int main() { asyncio::run(amain()); }
