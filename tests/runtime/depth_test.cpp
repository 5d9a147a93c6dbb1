#include "support.hpp"

/// Long loops and deep chains must not use up the stack.

namespace asyncio::test {
namespace {

#ifdef __wasm__
constexpr int many = 10'000'000;
#else
constexpr int many = 1'000'000;
#endif
constexpr int deep = 100'000;

Coro<int> ready(int value) { co_return value; }

CO_TEST(Depth, a_loop_of_ready_awaits_does_not_overflow) {
    long sum = 0;
    for (int i = 0; i < many; ++i) sum += co_await ready(1);
    EXPECT_EQ(sum, many);
}

CO_TEST(Depth, a_loop_of_awaits_of_a_done_future_does_not_overflow) {
    Future<int> future;
    future.set_result(1);
    long sum = 0;
    for (int i = 0; i < many; ++i) sum += co_await future;
    EXPECT_EQ(sum, many);
}

CO_TEST(Depth, a_loop_of_a_free_lock_and_a_filled_queue_does_not_overflow) {
    Lock lock;
    Queue<int> queue;
    for (int i = 0; i < many / 10; ++i) {
        auto held = co_await lock.scoped();
        co_await queue.put(i);
        co_await queue.get();
    }
}

CO_TEST(Depth, a_loop_of_ready_awaits_runs_in_one_turn) {
    Log log;
    get_running_loop().call_soon([&] { log.push_back("next turn"); });
    for (int i = 0; i < 1000; ++i) co_await ready(i);
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
    EXPECT_EQ(log.size(), 1u);
}

Coro<int> descend(int depth) {
    if (depth == 0) co_return 0;
    co_return 1 + co_await descend(depth - 1);
}

CO_TEST(Depth, a_deep_chain_of_awaits_does_not_overflow) { EXPECT_EQ(co_await descend(deep), deep); }

Coro<int> descend_to_a_sleep(int depth) {
    if (depth == 0) {
        co_await sleep(1);
        co_return 0;
    }
    co_return 1 + co_await descend_to_a_sleep(depth - 1);
}

CO_TEST(Depth, a_deep_chain_that_suspends_at_its_end_does_not_overflow) {
    EXPECT_EQ(co_await descend_to_a_sleep(deep), deep);
}

CO_TEST(Depth, a_deep_chain_raises_an_error_all_the_way_up) {
    struct Deep {
        static Coro<> fail(int depth) {
            if (depth == 0) throw ValueError("deep");
            co_await fail(depth - 1);
        }
    };
    CO_EXPECT_RAISES(co_await Deep::fail(deep / 10), ValueError);
}

CO_TEST(Depth, a_deep_chain_can_be_cancelled) {
    auto task = create_task(descend_to_a_sleep(deep / 10));
    co_await sleep(0);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(Depth, a_chain_of_tasks_each_awaiting_the_next_ends) {
    struct Chain {
        static Coro<int> link(int depth) {
            if (depth == 0) co_return 0;
            co_return 1 + co_await create_task(link(depth - 1));
        }
    };
    EXPECT_EQ(co_await Chain::link(deep / 10), deep / 10);
}

CO_TEST(Depth, a_hundred_thousand_tasks_sleep_and_end) {
    int ended = 0;
    auto sleeper = [&](int i) -> Coro<> {
        co_await sleep(1 + i % 100);
        ++ended;
    };
    std::vector<Task<>> tasks;
    tasks.reserve(100'000);
    for (int i = 0; i < 100'000; ++i) tasks.push_back(create_task(sleeper(i)));
    co_await gather(tasks);
    EXPECT_EQ(ended, 100'000);
    EXPECT_EQ(get_running_loop().time(), 100);
}

} // namespace
} // namespace asyncio::test
