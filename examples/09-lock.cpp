// Locks: a race without one, and the fix
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Account {
    int balance = 100;
    asyncio::Lock lock;
};

asyncio::Coro<> withdraw(Account& account, int amount) {
    if (account.balance >= amount) {
        co_await asyncio::sleep(10ms); // others run here
        account.balance -= amount;
    }
}

asyncio::Coro<> withdraw_safely(Account& account, int amount) {
    auto held = co_await account.lock.scoped();
    co_await withdraw(account, amount);
}

asyncio::Coro<> amain() {
    Account careless;
    co_await asyncio::gather(withdraw(careless, 80), withdraw(careless, 80));
    std::println("without a lock: {}", careless.balance);

    Account careful;
    co_await asyncio::gather(withdraw_safely(careful, 80), withdraw_safely(careful, 80));
    std::println("with a lock: {}", careful.balance);
}

int main() {
    asyncio::run(amain());
}
