// Pitfall: a swallowed cancellation. catch (...) keeps a task from ending
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<> poll(int& rounds) {
    co_await asyncio::sleep(10ms);
    if (++rounds == 2) throw std::runtime_error("no answer");
}

// The mistake: CancelledError is caught with everything else, and the loop goes on.
asyncio::Coro<> stubborn(int& rounds) {
    while (rounds < 5) {
        try {
            co_await poll(rounds);
        } catch (...) {
            std::println("stubborn: caught something in round {}, goes on", rounds);
        }
    }
    std::println("stubborn: ends when it likes");
}

// The fix: CancelledError is not a std::exception, so it passes through.
asyncio::Coro<> obedient(int& rounds) {
    for (;;) {
        try {
            co_await poll(rounds);
        } catch (const std::exception& error) {
            std::println("obedient: {} in round {}, goes on", error.what(), rounds);
        }
    }
}

asyncio::Coro<> amain() {
    for (auto work : {stubborn, obedient}) {
        int rounds = 0;
        auto task = asyncio::create_task(work(rounds));
        while (rounds < 3) co_await asyncio::sleep(1ms);
        task.cancel();
        co_await asyncio::wait(task);
        std::println("cancelled: {}", task.cancelled());
    }
}

int main() {
    asyncio::run(amain());
}
