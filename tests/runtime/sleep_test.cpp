#include "support.hpp"

#include <limits>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;

CO_TEST(Sleep, takes_seconds_and_durations) {
    EventLoop& loop = get_running_loop();
    co_await sleep(2);
    EXPECT_EQ(loop.time(), 2);
    co_await sleep(0.5);
    EXPECT_EQ(loop.time(), 2.5);
    co_await sleep(500ms);
    EXPECT_EQ(loop.time(), 3);
    co_await sleep(1min);
    EXPECT_EQ(loop.time(), 63);
}

CO_TEST(Sleep, gives_the_result_it_is_given) {
    EXPECT_EQ(co_await sleep(1, 7), 7);
    EXPECT_EQ(co_await sleep(0, std::string("at once")), "at once");
    EXPECT_EQ(*co_await sleep(1, std::make_unique<int>(3)), 3);
}

CO_TEST(Sleep, of_zero_or_less_lets_everything_ready_run_once) {
    Log log;
    EventLoop& loop = get_running_loop();
    loop.call_soon([&] {
        log.push_back("ready");
        loop.call_soon([&] { log.push_back("made ready"); });
    });
    co_await sleep(0);
    EXPECT_EQ(log, Log{"ready"});
    co_await sleep(-1s);
    EXPECT_EQ(log, (Log{"ready", "made ready"}));
    EXPECT_EQ(loop.time(), 0);
}

CO_TEST(Sleep, wakes_in_the_order_of_the_deadlines) {
    Log log;
    auto sleeper = [&](double delay) -> Coro<> {
        co_await sleep(delay);
        log.push_back(std::to_string(static_cast<int>(delay)));
    };
    co_await gather(sleeper(3), sleeper(1), sleeper(2), sleeper(1));
    EXPECT_EQ(log, (Log{"1", "1", "2", "3"}));
}

CO_TEST(Sleep, cancelled_ends_at_once_and_leaves_no_timer) {
    auto task = create_task([]() -> Coro<> { co_await sleep(1000); });
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(get_running_loop().time(), 1);
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(Sleep, cancelled_in_the_turn_in_which_it_is_due_is_cancelled) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        co_await sleep(1);
        log.push_back("slept");
    });
    co_await sleep(0);
    get_running_loop().call_at(1, [&] { task.cancel(); }); // due together, behind the sleep's own timer
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_TRUE(log.empty());
}

CO_TEST(Sleep, of_zero_is_cancelled_too) {
    auto task = create_task([]() -> Coro<> {
        for (;;) co_await sleep(0);
    });
    co_await turns(3);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(Sleep, refuses_NaN) {
    CO_EXPECT_RAISES(co_await sleep(std::numeric_limits<double>::quiet_NaN()), ValueError);
}

CO_TEST(Sleep, a_loop_of_sleep_0_does_not_starve_timers) {
    // The test moves this clock by hand, like a real clock that moves while callbacks run.
    EventLoop& loop = get_running_loop();
    bool fired = false;
    loop.call_later(1, [&] { fired = true; });
    int rounds = 0;
    for (; !fired && rounds < 1000; ++rounds) {
        loop.backend().wait(loop, 0.01);
        co_await sleep(0);
    }
    EXPECT_TRUE(fired);
    EXPECT_NEAR(rounds, 100, 2);
}

CO_TEST(Sleep, many_sleepers_cancelled_leave_no_timer_and_no_frame) {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 1000; ++i)
        tasks.push_back(create_task([i](Counted) -> Coro<> { co_await sleep(1 + i); }, Counted()));
    co_await sleep(0.5);
    for (auto& task : tasks) task.cancel();
    co_await gather(return_exceptions, tasks);
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_TRUE(get_running_loop().timers().empty());
    EXPECT_EQ(get_running_loop().time(), 0.5);
}

} // namespace
} // namespace asyncio::test
