#include "support.hpp"

#include <random>

namespace asyncio::test {
namespace {

CO_TEST(TimerQueue, runs_many_timers_by_time_and_those_due_together_in_the_order_of_registration) {
    EventLoop& loop = get_running_loop();
    std::mt19937 random(7);
    std::vector<std::pair<double, int>> expected;
    std::vector<std::pair<double, int>> ran;
    for (int i = 0; i < 5000; ++i) {
        const double when = static_cast<double>(random() % 100);
        expected.emplace_back(when, i);
        loop.call_at(when, [&ran, when, i] { ran.emplace_back(when, i); });
    }
    std::ranges::sort(expected);
    co_await sleep(200);
    EXPECT_EQ(ran, expected);
}

CO_TEST(TimerQueue, cancelled_timers_neither_run_nor_disturb_the_others) {
    EventLoop& loop = get_running_loop();
    std::mt19937 random(11);
    std::vector<int> ran;
    std::vector<TimerHandle> handles;
    for (int i = 0; i < 5000; ++i)
        handles.push_back(loop.call_at(1 + static_cast<double>(i), [&ran, i] { ran.push_back(i); }));
    std::vector<int> expected;
    for (int i = 0; i < 5000; ++i) {
        if (random() % 10 == 0)
            expected.push_back(i);
        else
            handles[static_cast<std::size_t>(i)].cancel();
    }
    co_await sleep(6000);
    EXPECT_EQ(ran, expected);
    EXPECT_TRUE(loop.timers().empty());
}

CO_TEST(TimerQueue, timers_set_in_the_order_of_their_times_and_others_between_them_run_by_time) {
    EventLoop& loop = get_running_loop();
    std::mt19937 random(13);
    std::vector<std::pair<double, int>> expected;
    std::vector<std::pair<double, int>> ran;
    for (int i = 0; i < 5000; ++i) {
        // Every third timer is due before, or at the same time as, some that were set earlier.
        const double when = i % 3 == 0 ? static_cast<double>(random() % 2500) : static_cast<double>(i / 2);
        const TimerHandle handle = loop.call_at(when, [&ran, when, i] { ran.emplace_back(when, i); });
        if (random() % 4 == 0)
            handle.cancel();
        else
            expected.emplace_back(when, i);
    }
    std::ranges::sort(expected);
    co_await sleep(6000);
    EXPECT_EQ(ran, expected);
    EXPECT_TRUE(loop.timers().empty());
}

CO_TEST(TimerQueue, a_cancelled_timer_does_not_hold_up_the_clock) {
    EventLoop& loop = get_running_loop();
    auto never = loop.call_later(10, [] { ADD_FAILURE(); });
    never.cancel();
    co_await sleep(1);
    EXPECT_EQ(loop.time(), 1);
    co_await sleep(100);
    EXPECT_EQ(loop.time(), 101);
}

CO_TEST(TimerQueue, timers_set_and_cancelled_for_ever_take_no_more_room) {
    // As in every wait_for() that ends in time; a leak would accumulate the closures.
    EventLoop& loop = get_running_loop();
    for (int i = 0; i < 100'000; ++i) loop.call_later(1e6, [counted = Counted()] {}).cancel();
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_TRUE(loop.timers().empty());
    co_return;
}

} // namespace
} // namespace asyncio::test
