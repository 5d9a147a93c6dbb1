#include "support.hpp"

namespace asyncio::test {
namespace {

CO_TEST(EnsureFuture, gives_tasks_and_futures_back_as_they_are) {
    auto task = create_task([]() -> Coro<int> { co_return 1; });
    EXPECT_EQ(ensure_future(task), task);
    Future<int> future;
    EXPECT_EQ(ensure_future(future), future);
    EXPECT_EQ(ensure_future(AnyTask(task)), AnyTask(task));
    co_await task;
}

CO_TEST(EnsureFuture, makes_a_task_of_a_coroutine) {
    auto task = ensure_future([]() -> Coro<int> { co_return 2; }());
    EXPECT_FALSE(task.done());
    EXPECT_EQ(co_await task, 2);
}

CO_TEST(EnsureFuture, makes_a_task_of_whatever_can_be_awaited) {
    Event event;
    auto waiting = ensure_future(event.wait());
    auto sleeping = ensure_future(sleep(2, std::string("slept")));
    co_await sleep(1);
    event.set();
    EXPECT_TRUE(co_await waiting);
    EXPECT_EQ(co_await sleeping, "slept");
    EXPECT_EQ(get_running_loop().time(), 2);
}

} // namespace
} // namespace asyncio::test
