#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<int> work(int value) { co_return value; }

CO_TEST(Inspect, tells_coroutines_futures_and_awaitables_apart) {
    auto coro = work(1);
    auto task = create_task(work(2));
    Future<> future;
    static_assert(Awaitable<Coro<>> && Awaitable<Task<int>> && !Awaitable<int>);
    EXPECT_TRUE(iscoroutine(coro) && !iscoroutine(task) && !iscoroutine(work));
    EXPECT_TRUE(isfuture(task) && isfuture(future) && !isfuture(coro) && !isfuture(sleep(1)));
    EXPECT_TRUE(isawaitable(coro) && isawaitable(task) && isawaitable(sleep(1)) && !isawaitable(work));
    EXPECT_TRUE(iscoroutinefunction<int>(work) && !iscoroutinefunction(work));
    coro.close();
    co_await task;
}

} // namespace
} // namespace asyncio::test
