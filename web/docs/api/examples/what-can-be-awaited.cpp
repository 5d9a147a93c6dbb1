// What can be awaited: asked of a type, when the program is compiled
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<int> answer() { co_return 42; }

template <asyncio::Awaitable A> asyncio::Coro<> wait_for_it(A awaitable) { co_await std::move(awaitable); }

asyncio::Coro<> amain() {
    auto coro = answer();
    auto task = asyncio::create_task(answer());
    std::println("the coroutine: {} {} {}", asyncio::iscoroutine(coro), asyncio::isfuture(coro),
                 asyncio::isawaitable(coro));
    std::println("the task:      {} {} {}", asyncio::iscoroutine(task), asyncio::isfuture(task),
                 asyncio::isawaitable(task));
    std::println("a number:      {} {} {}", asyncio::iscoroutine(42), asyncio::isfuture(42),
                 asyncio::isawaitable(42));
    std::println("the function:  {}", asyncio::iscoroutinefunction(answer));
    co_await wait_for_it(std::move(coro));
    co_await wait_for_it(task);
    co_await wait_for_it(asyncio::sleep(1ms));
}

int main() { asyncio::run(amain()); }
