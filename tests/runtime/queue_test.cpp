#include "support.hpp"

namespace asyncio::test {
namespace {

CO_TEST(Queue, gives_items_in_the_order_they_were_put) {
    Queue<int> queue;
    for (int i = 0; i < 3; ++i) co_await queue.put(i);
    EXPECT_EQ(queue.qsize(), 3u);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(co_await queue.get(), i);
    EXPECT_TRUE(queue.empty());
}

CO_TEST(Queue, get_waits_for_an_item) {
    Queue<int> queue;
    auto getter = create_task(queue.get());
    co_await sleep(1);
    EXPECT_FALSE(getter.done());
    queue.put_nowait(5);
    EXPECT_EQ(co_await getter, 5);
}

CO_TEST(Queue, put_waits_for_room) {
    Queue<int> queue(1);
    EXPECT_EQ(queue.maxsize(), 1);
    co_await queue.put(1);
    EXPECT_TRUE(queue.full());
    auto putter = create_task(queue.put(2));
    co_await sleep(1);
    EXPECT_FALSE(putter.done());
    EXPECT_EQ(queue.get_nowait(), 1);
    co_await putter;
    EXPECT_EQ(queue.get_nowait(), 2);
}

CO_TEST(Queue, without_a_maxsize_is_never_full) {
    Queue<int> queue;
    for (int i = 0; i < 1000; ++i) queue.put_nowait(i);
    EXPECT_FALSE(queue.full());
    EXPECT_EQ(queue.maxsize(), 0);
    co_return;
}

CO_TEST(Queue, serves_getters_in_the_order_of_asking) {
    Queue<int> queue;
    auto all = gather(queue.get(), queue.get(), queue.get());
    co_await sleep(0);
    for (int i = 0; i < 3; ++i) queue.put_nowait(i);
    EXPECT_EQ(co_await all, (std::array{0, 1, 2}));
}

CO_TEST(Queue, serves_putters_in_the_order_of_asking) {
    Queue<int> queue(1);
    queue.put_nowait(0);
    auto all = gather(queue.put(1), queue.put(2), queue.put(3));
    co_await sleep(0);
    for (int i = 0; i < 4; ++i) EXPECT_EQ(co_await queue.get(), i);
    co_await all;
}

CO_TEST(Queue, a_get_cancelled_after_put_nowait_loses_no_item) {
    Queue<int> queue;
    auto first = create_task(queue.get());
    auto second = create_task(queue.get());
    co_await sleep(0);
    queue.put_nowait(1);
    first.cancel();
    CO_EXPECT_RAISES(co_await first, CancelledError);
    EXPECT_EQ(co_await second, 1);
    EXPECT_TRUE(queue.empty());
}

CO_TEST(Queue, a_get_cancelled_after_put_nowait_leaves_the_item_when_nobody_else_waits) {
    Queue<int> queue;
    auto getter = create_task(queue.get());
    co_await sleep(0);
    queue.put_nowait(1);
    getter.cancel();
    CO_EXPECT_RAISES(co_await getter, CancelledError);
    EXPECT_EQ(queue.get_nowait(), 1);
}

CO_TEST(Queue, a_put_cancelled_as_it_gets_room_passes_the_room_on) {
    Queue<int> queue(1);
    queue.put_nowait(0);
    auto first = create_task(queue.put(1));
    auto second = create_task(queue.put(2));
    co_await sleep(0);
    EXPECT_EQ(queue.get_nowait(), 0);
    first.cancel();
    CO_EXPECT_RAISES(co_await first, CancelledError);
    co_await second;
    EXPECT_EQ(queue.get_nowait(), 2);
    EXPECT_TRUE(queue.empty());
}

CO_TEST(Queue, a_put_cancelled_before_there_is_room_puts_nothing) {
    Queue<std::unique_ptr<Counted>> queue(1);
    queue.put_nowait(std::make_unique<Counted>());
    auto putter = create_task(queue.put(std::make_unique<Counted>()));
    co_await sleep(0);
    putter.cancel();
    CO_EXPECT_RAISES(co_await putter, CancelledError);
    EXPECT_EQ(Counted::alive, 1);
    queue.get_nowait();
    EXPECT_TRUE(queue.empty());
}

CO_TEST(Queue, a_woken_getter_that_finds_its_item_taken_waits_again) {
    Queue<int> queue;
    auto getter = create_task(queue.get());
    co_await sleep(0);
    queue.put_nowait(1);
    EXPECT_EQ(queue.get_nowait(), 1); // the item is not reserved for the woken task
    co_await turns(3);
    EXPECT_FALSE(getter.done());
    queue.put_nowait(2);
    EXPECT_EQ(co_await getter, 2);
}

CO_TEST(Queue, refuses_what_cannot_be_done_without_waiting) {
    Queue<int> queue(1);
    CO_EXPECT_RAISES(queue.get_nowait(), QueueEmpty);
    queue.put_nowait(1);
    CO_EXPECT_RAISES(queue.put_nowait(2), QueueFull);
    co_return;
}

CO_TEST(Queue, join_waits_until_every_item_is_worked_on) {
    Queue<int> queue;
    co_await queue.join();
    queue.put_nowait(1);
    queue.put_nowait(2);
    auto joiner = create_task(queue.join());
    queue.get_nowait();
    queue.task_done();
    co_await turns(2);
    EXPECT_FALSE(joiner.done());
    queue.get_nowait();
    queue.task_done();
    co_await joiner;
}

CO_TEST(Queue, refuses_task_done_too_often) {
    Queue<int> queue;
    CO_EXPECT_RAISES(queue.task_done(), ValueError);
    queue.put_nowait(1);
    queue.task_done();
    CO_EXPECT_RAISES(queue.task_done(), ValueError);
    co_return;
}

CO_TEST(Queue, carries_what_can_only_be_moved) {
    Queue<std::unique_ptr<int>> queue;
    auto getter = create_task(queue.get());
    co_await sleep(0);
    co_await queue.put(std::make_unique<int>(9));
    EXPECT_EQ(*co_await std::move(getter), 9);
}

CO_TEST(Queue, frees_the_items_left_in_it) {
    Queue<Counted> queue;
    queue.put_nowait({});
    queue.put_nowait({});
    EXPECT_EQ(Counted::alive, 2);
    co_return;
}

CO_TEST(LifoQueue, gives_the_last_put_first) {
    LifoQueue<int> queue;
    for (int i = 0; i < 3; ++i) queue.put_nowait(i);
    for (int i = 2; i >= 0; --i) EXPECT_EQ(co_await queue.get(), i);
}

CO_TEST(PriorityQueue, gives_the_least_first) {
    PriorityQueue<int> queue;
    for (int value : {5, 1, 4, 2, 3}) queue.put_nowait(value);
    for (int i = 1; i <= 5; ++i) EXPECT_EQ(co_await queue.get(), i);
}

CO_TEST(PriorityQueue, takes_an_order_of_ones_own_and_items_that_only_move) {
    struct Longer {
        bool operator()(const std::unique_ptr<std::string>& left,
                        const std::unique_ptr<std::string>& right) const {
            return left->size() > right->size();
        }
    };
    PriorityQueue<std::unique_ptr<std::string>, Longer> queue;
    for (const char* text : {"bb", "a", "ccc"}) queue.put_nowait(std::make_unique<std::string>(text));
    EXPECT_EQ(*co_await queue.get(), "ccc");
    EXPECT_EQ(*co_await queue.get(), "bb");
    EXPECT_EQ(*co_await queue.get(), "a");
}

CO_TEST(Queue, of_a_negative_size_takes_as_many_as_come) {
    Queue<int> queue(-1);
    for (int i = 0; i < 100; ++i) queue.put_nowait(i);
    EXPECT_FALSE(queue.full());
    EXPECT_EQ(queue.maxsize(), -1);
    co_return;
}

} // namespace
} // namespace asyncio::test
