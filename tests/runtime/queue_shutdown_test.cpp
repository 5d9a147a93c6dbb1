#include "support.hpp"

namespace asyncio::test {
namespace {

CO_TEST(QueueShutdown, refuses_put_and_lets_what_is_in_it_be_got) {
    Queue<int> queue;
    queue.put_nowait(1);
    queue.shutdown();
    CO_EXPECT_RAISES(queue.put_nowait(2), QueueShutDown);
    CO_EXPECT_RAISES(co_await queue.put(2), QueueShutDown);
    EXPECT_EQ(co_await queue.get(), 1);
    CO_EXPECT_RAISES(co_await queue.get(), QueueShutDown);
    CO_EXPECT_RAISES(queue.get_nowait(), QueueShutDown);
}

CO_TEST(QueueShutdown, wakes_all_getters_of_an_empty_queue) {
    Queue<int> queue;
    auto all = gather(return_exceptions, queue.get(), queue.get());
    co_await sleep(0);
    queue.shutdown();
    auto [first, second] = co_await all;
    EXPECT_FALSE(first.has_value());
    EXPECT_FALSE(second.has_value());
    CO_EXPECT_RAISES(std::rethrow_exception(first.error()), QueueShutDown);
}

CO_TEST(QueueShutdown, wakes_all_putters_of_a_full_queue) {
    Queue<int> queue(1);
    queue.put_nowait(0);
    auto all = gather(return_exceptions, queue.put(1), queue.put(2));
    co_await sleep(0);
    queue.shutdown();
    auto [first, second] = co_await all;
    EXPECT_FALSE(first.has_value());
    EXPECT_FALSE(second.has_value());
    EXPECT_EQ(queue.qsize(), 1u);
}

CO_TEST(QueueShutdown, immediate_drops_the_items_and_ends_join) {
    Queue<Counted> queue;
    queue.put_nowait({});
    queue.put_nowait({});
    auto joiner = create_task(queue.join());
    co_await sleep(0);
    queue.shutdown(true);
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_TRUE(queue.empty());
    co_await joiner;
    CO_EXPECT_RAISES(co_await queue.get(), QueueShutDown);
}

CO_TEST(QueueShutdown, not_immediate_lets_join_wait_for_the_work) {
    Queue<int> queue;
    queue.put_nowait(1);
    auto joiner = create_task(queue.join());
    co_await sleep(0);
    queue.shutdown();
    co_await turns(3);
    EXPECT_FALSE(joiner.done());
    queue.get_nowait();
    queue.task_done();
    co_await joiner;
}

CO_TEST(QueueShutdown, immediate_leaves_the_item_that_is_being_worked_on_to_join) {
    Queue<int> queue;
    queue.put_nowait(1);
    queue.put_nowait(2);
    queue.get_nowait();
    auto joiner = create_task(queue.join());
    co_await sleep(0);
    queue.shutdown(true);
    co_await turns(3);
    EXPECT_FALSE(joiner.done());
    queue.task_done();
    co_await joiner;
}

CO_TEST(QueueShutdown, can_be_done_twice) {
    Queue<int> queue;
    queue.put_nowait(1);
    queue.shutdown();
    queue.shutdown(true);
    EXPECT_TRUE(queue.empty());
    co_return;
}

CO_TEST(QueueShutdown, a_getter_cancelled_as_it_is_woken_by_it_is_cancelled) {
    Queue<int> queue;
    auto getter = create_task(queue.get());
    co_await sleep(0);
    queue.shutdown();
    getter.cancel();
    CO_EXPECT_RAISES(co_await getter, CancelledError);
}

} // namespace
} // namespace asyncio::test
