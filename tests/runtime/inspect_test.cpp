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

CO_TEST(Inspect, tells_the_state_of_a_coroutine) {
    Coro<int> coro = work(1);
    EXPECT_EQ(getcoroutinestate(coro), CORO_CREATED);
    co_await coro;
    EXPECT_EQ(getcoroutinestate(coro), CORO_CLOSED);
    std::string_view inside;
    const Task<> task = create_task([&] -> Coro<> {
        inside = getcoroutinestate(current_task());
        co_await sleep(1);
    });
    EXPECT_EQ(getcoroutinestate(task), CORO_CREATED);
    co_await sleep(0);
    EXPECT_EQ(inside, CORO_RUNNING);
    EXPECT_EQ(getcoroutinestate(task), CORO_SUSPENDED);
    co_await task;
    EXPECT_EQ(getcoroutinestate(AnyTask(task)), CORO_CLOSED);
}

} // namespace
} // namespace asyncio::test
