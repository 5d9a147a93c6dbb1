// Pitfall: deadlock by lock order. Each holds what the other one waits for
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Account {
    int number;
    int balance = 100;
    asyncio::Lock lock{};
};

asyncio::Coro<> move_money(Account& from, Account& to, Account& locked_first, Account& locked_second) {
    auto one = co_await locked_first.lock.scoped();
    co_await asyncio::sleep(10ms);
    auto other = co_await locked_second.lock.scoped();
    from.balance -= 10;
    to.balance += 10;
    std::println("{} pays {}", from.number, to.number);
}

// The fix: everyone who takes several locks takes them in the same order.
asyncio::Coro<> pay(Account& from, Account& to) {
    const bool in_order = from.number < to.number;
    return move_money(from, to, in_order ? from : to, in_order ? to : from);
}

// The mistake: each takes its own lock first, then the other's.
asyncio::Coro<> pay_careless(Account& from, Account& to) { return move_money(from, to, from, to); }

asyncio::Coro<> amain() {
    Account ann{1}, bob{2};
    std::println("in one order:");
    co_await asyncio::gather(pay(ann, bob), pay(bob, ann));
    std::println("each in its own order:");
    co_await asyncio::gather(pay_careless(ann, bob), pay_careless(bob, ann));
    std::println("never printed");
}

int main() {
    try {
        asyncio::run(amain());
    } catch (const asyncio::DeadlockError& error) {
        std::println("nobody can go on");
        std::println(stderr, "{}", error.what()); // who waits where, and for whom
    }
}
