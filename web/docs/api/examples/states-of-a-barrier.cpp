// States of a barrier: filling, broken, and whole again
#include <asyncio.hpp>
#include <print>

void tell(const asyncio::Barrier& barrier) {
    const asyncio::BarrierState state = barrier.state();
    std::println("{} with {} of {}", asyncio::to_string(state), barrier.n_waiting(), barrier.parties());
}

asyncio::Coro<> amain() {
    asyncio::Barrier barrier(2);
    auto early = asyncio::create_task(barrier.wait());
    co_await asyncio::sleep(0);
    tell(barrier);
    co_await barrier.wait();
    co_await early;
    tell(barrier);
    co_await barrier.abort();
    tell(barrier);
    co_await barrier.reset();
    tell(barrier);
}

int main() { asyncio::run(amain()); }
