// Pitfall: a race without a lock. Between reading and writing, a co_await lets other tasks run
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Counter {
    int value = 0;
    asyncio::Lock lock;

    asyncio::Coro<> add_careless() {
        const int before = value;
        co_await asyncio::sleep(1ms); // asks a database, say: all the others read the same value now
        value = before + 1;
    }
    asyncio::Coro<> add_locked() {
        auto held = co_await lock.scoped();
        const int before = value;
        co_await asyncio::sleep(1ms);
        value = before + 1;
    }
    // One thread runs them all, so code without a co_await inside needs no lock.
    asyncio::Coro<> add_at_once() {
        co_await asyncio::sleep(1ms);
        ++value;
    }
};

asyncio::Coro<int> count(asyncio::Coro<> (Counter::*add)()) {
    Counter counter;
    std::vector<asyncio::Coro<>> adding;
    for (int i = 0; i < 20; ++i) adding.push_back((counter.*add)());
    co_await asyncio::gather(std::move(adding));
    co_return counter.value;
}

asyncio::Coro<> amain() {
    std::println("without a lock: {} of 20", co_await count(&Counter::add_careless));
    std::println("with a lock: {} of 20", co_await count(&Counter::add_locked));
    std::println("nothing in between: {} of 20", co_await count(&Counter::add_at_once));
}

int main() {
    asyncio::run(amain());
}
