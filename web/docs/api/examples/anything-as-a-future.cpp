// Anything as a future: a coroutine becomes a task, a future stays what it is
#include <asyncio.hpp>
#include <print>

asyncio::Coro<int> answer() { co_return 42; }

asyncio::Coro<> amain() {
    asyncio::Task<int> task = asyncio::ensure_future(answer());
    asyncio::Future<int> same = asyncio::ensure_future(task);
    std::println("the same: {}", asyncio::AnyFuture(task) == asyncio::AnyFuture(same));
    std::println("{}", co_await same);
}

int main() { asyncio::run(amain()); }
