// Held for a block: a lock that its guard gives back, or you before it
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> amain() {
    asyncio::Lock lock;
    {
        asyncio::Scoped<asyncio::Lock> entry = lock.scoped(); // nothing is locked yet
        asyncio::Held<asyncio::Lock> held = co_await std::move(entry);
        std::println("in the block: {}", lock.locked());
        held.release();
        std::println("given back early: {}", lock.locked());
    }
    auto held = co_await lock.scoped();
    std::println("held again: {}", lock.locked());
}

int main() { asyncio::run(amain()); }
