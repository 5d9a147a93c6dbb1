// Conditions: wait until something is true
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Pot {
    int portions = 0;
    asyncio::Condition changed;
};

asyncio::Coro<> eat(std::string name, Pot& pot, int portions) {
    auto held = co_await pot.changed.scoped();
    co_await pot.changed.wait_for([&] { return pot.portions >= portions; });
    pot.portions -= portions;
    std::println("{} eats {}, {} left", name, portions, pot.portions);
}

asyncio::Coro<> cook(Pot& pot) {
    for (int round = 1; round <= 3; ++round) {
        co_await asyncio::sleep(20ms);
        auto held = co_await pot.changed.scoped();
        pot.portions += 2;
        std::println("2 more portions");
        pot.changed.notify_all();
    }
}

asyncio::Coro<> amain() {
    Pot pot;
    co_await asyncio::gather(eat("the bear", pot, 4), eat("the mouse", pot, 1), cook(pot));
}

int main() {
    asyncio::run(amain());
}
