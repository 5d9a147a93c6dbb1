#include "support.hpp"

#include <array>
#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> give(int value, double after = 0) {
    co_await sleep(after);
    co_return value;
}

Coro<int> fail(double after = 0) {
    co_await sleep(after);
    throw std::runtime_error("failed");
}

CO_TEST(Wait, waits_for_all_and_keeps_the_order_given) {
    auto a = create_task(give(1, 2));
    auto b = create_task(give(2, 1));
    auto [done, pending] = co_await wait({a, b});
    EXPECT_EQ(done, (std::vector{a, b}));
    EXPECT_TRUE(pending.empty());
    EXPECT_EQ(get_running_loop().time(), 2);
}

CO_TEST(Wait, FIRST_COMPLETED_returns_at_the_first_end) {
    auto a = create_task(give(1, 2));
    auto b = create_task(give(2, 1));
    auto [done, pending] = co_await wait(std::array{a, b}, {.return_when = FIRST_COMPLETED});
    EXPECT_EQ(done, std::vector{b});
    EXPECT_EQ(pending, std::vector{a});
    EXPECT_FALSE(a.cancelled());
    co_await a;
}

CO_TEST(Wait, FIRST_EXCEPTION_returns_at_the_first_error_and_passes_over_results_and_cancels) {
    auto good = create_task(give(1, 1));
    auto cancelled = create_task(give(2, 10));
    auto bad = create_task(fail(3));
    auto slow = create_task(give(3, 10));
    get_running_loop().call_later(2, [&] { cancelled.cancel(); });
    auto [done, pending] = co_await wait({good, cancelled, bad, slow}, {.return_when = FIRST_EXCEPTION});
    EXPECT_EQ(get_running_loop().time(), 3);
    EXPECT_EQ(done, (std::vector{good, cancelled, bad}));
    EXPECT_EQ(pending, std::vector{slow});
    CO_EXPECT_RAISES(co_await bad, std::runtime_error);
}

CO_TEST(Wait, FIRST_EXCEPTION_without_an_error_waits_for_all) {
    auto a = create_task(give(1, 1));
    auto b = create_task(give(1, 2));
    auto [done, pending] = co_await wait({a, b}, {.return_when = FIRST_EXCEPTION});
    EXPECT_EQ(done.size(), 2u);
}

CO_TEST(Wait, raises_nothing_of_what_it_waits_for) {
    auto bad = create_task(fail());
    auto [done, pending] = co_await wait({bad});
    EXPECT_EQ(done.size(), 1u);
    EXPECT_NE(bad.exception(), nullptr);
}

CO_TEST(Wait, returns_at_its_timeout_and_cancels_nothing) {
    auto fast = create_task(give(1, 1));
    auto slow = create_task(give(2, 10));
    auto [done, pending] = co_await wait({fast, slow}, {.timeout = std::chrono::seconds(3)});
    EXPECT_EQ(get_running_loop().time(), 3);
    EXPECT_EQ(done, std::vector{fast});
    EXPECT_EQ(pending, std::vector{slow});
    EXPECT_EQ(co_await slow, 2);
}

CO_TEST(Wait, with_a_timeout_of_0_lets_what_is_ready_run) {
    auto quick = create_task([]() -> Coro<int> { co_return 1; });
    auto slow = create_task(give(2, 10));
    auto [done, pending] = co_await wait({quick, slow}, {.timeout = 0});
    EXPECT_EQ(get_running_loop().time(), 0);
    EXPECT_EQ(pending, std::vector{slow});
    slow.cancel();
}

CO_TEST(Wait, leaves_no_timer_behind_when_all_is_done_before_the_timeout) {
    auto task = create_task(give(1, 1));
    co_await wait({task}, {.timeout = 100});
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(Wait, of_done_tasks_returns_them) {
    auto task = create_task(give(1));
    co_await task;
    auto [done, pending] = co_await wait({task});
    EXPECT_EQ(done, std::vector{task});
}

CO_TEST(Wait, counts_a_task_given_twice_once) {
    auto task = create_task(give(1, 1));
    auto [done, pending] = co_await wait({task, task});
    EXPECT_EQ(done, std::vector{task});
}

CO_TEST(Wait, cancelled_leaves_what_it_waits_for_running) {
    auto inner = create_task(give(1, 10));
    auto waiter = create_task([&]() -> Coro<> { co_await wait({inner}, {.timeout = 100}); });
    co_await sleep(1);
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_EQ(co_await inner, 1);
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(Wait, cancelled_in_the_turn_in_which_it_is_done_is_cancelled) {
    Future<int> future;
    auto waiter = create_task([&]() -> Coro<> { co_await wait({future}); });
    co_await sleep(0);
    future.set_result(1);
    co_await sleep(0); // its callback has run, the waiter has not yet
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_EQ(future.result(), 1);
}

CO_TEST(Wait, takes_futures_and_tasks_of_any_result) {
    auto number = create_task(give(1, 1));
    auto text = create_task([]() -> Coro<std::string> { co_return "x"; });
    auto [done, pending] = co_await wait(std::vector<AnyTask>{number, text});
    EXPECT_EQ(done.size(), 2u);
}

CO_TEST(Wait, refuses_to_wait_for_nothing) {
    CO_EXPECT_RAISES(co_await wait(std::vector<Task<int>>()), ValueError);
}

CO_TEST(Wait, takes_tasks_one_by_one) {
    auto quick = create_task(sleep(1));
    auto slow = create_task(sleep(5));
    auto [done, pending] = co_await wait({.return_when = FIRST_COMPLETED}, quick, slow);
    EXPECT_EQ(done, std::vector{quick});
    EXPECT_EQ(pending, std::vector{slow});
    EXPECT_EQ((co_await wait(quick, slow)).done.size(), 2u);
}

CO_TEST(Wait, takes_tasks_and_futures_of_different_results) {
    auto number = create_task([]() -> Coro<int> { co_return 1; });
    auto nothing = create_task(sleep(1));
    const WaitResult<AnyTask> tasks = co_await wait(number, nothing);
    EXPECT_EQ(tasks.done.size(), 2u);
    Future<std::string> text;
    text.set_result("x");
    const WaitResult<AnyFuture> mixed = co_await wait(number, text);
    EXPECT_EQ(mixed.done.size(), 2u);
}

CO_TEST(Wait, for_the_first_exception_does_not_look_at_the_error_of_the_last) {
    const Reports reports;
    {
        auto failed = create_task([]() -> Coro<> {
            co_await sleep(1);
            throw ValueError("unseen");
        });
        co_await wait({failed}, {.return_when = FIRST_EXCEPTION});
    }
    EXPECT_EQ(reports.only().message, "Task exception was never retrieved");
}

} // namespace
} // namespace asyncio::test
