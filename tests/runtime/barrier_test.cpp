#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<int> arrive(Barrier& barrier, Log& log) {
    try {
        const int number = co_await barrier.wait();
        log.push_back("through " + std::to_string(number));
        co_return number;
    } catch (const BrokenBarrierError&) {
        log.push_back("broken");
        throw;
    }
}

CO_TEST(Barrier, holds_back_until_all_are_there_and_numbers_them_by_arrival) {
    Barrier barrier(3);
    Log log;
    auto first = create_task(arrive(barrier, log));
    auto second = create_task(arrive(barrier, log));
    co_await turns(3);
    EXPECT_EQ(barrier.n_waiting(), 2);
    EXPECT_TRUE(log.empty());
    EXPECT_EQ(co_await barrier.wait(), 2);
    EXPECT_EQ(co_await first, 0);
    EXPECT_EQ(co_await second, 1);
    EXPECT_EQ(barrier.n_waiting(), 0);
    EXPECT_EQ(barrier.parties(), 3);
}

CO_TEST(Barrier, of_one_party_never_suspends) {
    Barrier barrier(1);
    EXPECT_EQ(co_await barrier.wait(), 0);
    EXPECT_EQ(co_await barrier.wait(), 0);
}

CO_TEST(Barrier, can_be_used_again_and_again) {
    Barrier barrier(2);
    Log log;
    auto twice = [&]() -> Coro<> {
        co_await barrier.wait();
        co_await barrier.wait();
        log.push_back("done");
    };
    co_await gather(twice(), twice());
    EXPECT_EQ(log, (Log{"done", "done"}));
}

CO_TEST(Barrier, newcomers_wait_until_it_has_drained) {
    Barrier barrier(2);
    Log log;
    std::vector<Coro<int>> four;
    for (int i = 0; i < 4; ++i) four.push_back(arrive(barrier, log));
    co_await gather(std::move(four));
    EXPECT_EQ(std::ranges::count(log, "through 0"), 2);
    EXPECT_EQ(std::ranges::count(log, "through 1"), 2);
    EXPECT_EQ(barrier.state(), BarrierState::filling);
}

CO_TEST(Barrier, a_task_cancelled_while_it_fills_gives_its_place_back) {
    Barrier barrier(2);
    Log log;
    auto leaver = create_task(arrive(barrier, log));
    co_await turns(2);
    EXPECT_EQ(barrier.n_waiting(), 1);
    leaver.cancel();
    CO_EXPECT_RAISES(co_await leaver, CancelledError);
    EXPECT_EQ(barrier.n_waiting(), 0);
    co_await gather(arrive(barrier, log), arrive(barrier, log));
    EXPECT_EQ(log.size(), 2u);
}

CO_TEST(Barrier, a_task_cancelled_while_it_drains_does_not_hold_up_the_others) {
    Barrier barrier(3);
    Log log;
    auto first = create_task(arrive(barrier, log));
    auto second = create_task(arrive(barrier, log));
    co_await turns(2);
    co_await barrier.wait(); // the last one: the others are woken but have not left yet
    EXPECT_EQ(barrier.state(), BarrierState::draining);
    first.cancel();
    co_await gather(return_exceptions, first, second);
    EXPECT_TRUE(first.cancelled());
    EXPECT_EQ(second.result(), 1);
    EXPECT_EQ(barrier.state(), BarrierState::filling);
    EXPECT_EQ(barrier.n_waiting(), 0);
}

CO_TEST(Barrier, a_newcomer_cancelled_while_it_drains_takes_no_place) {
    Barrier barrier(2);
    Log log;
    auto first = create_task(arrive(barrier, log));
    co_await turns(2);
    co_await barrier.wait();
    auto newcomer = create_task(arrive(barrier, log));
    newcomer.cancel();
    CO_EXPECT_RAISES(co_await newcomer, CancelledError);
    co_await first;
    EXPECT_EQ(barrier.n_waiting(), 0);
}

CO_TEST(Barrier, many_waiters_cancelled_leave_none_behind) {
    Barrier barrier(100);
    Log log;
    std::vector<Task<int>> waiters;
    for (int i = 0; i < 99; ++i) waiters.push_back(create_task(arrive(barrier, log)));
    co_await turns(3);
    EXPECT_EQ(barrier.n_waiting(), 99);
    for (auto& waiter : waiters) waiter.cancel();
    co_await gather(return_exceptions, waiters);
    EXPECT_EQ(barrier.n_waiting(), 0);
    EXPECT_EQ(all_tasks().size(), 1u);
}

CO_TEST(Barrier, abort_breaks_it_for_those_who_wait_and_those_who_come) {
    Barrier barrier(3);
    Log log;
    auto waiting = gather(return_exceptions, arrive(barrier, log), arrive(barrier, log));
    co_await turns(3);
    co_await barrier.abort();
    EXPECT_TRUE(barrier.broken());
    auto [first, second] = co_await waiting;
    EXPECT_FALSE(first.has_value());
    EXPECT_FALSE(second.has_value());
    EXPECT_EQ(log, (Log{"broken", "broken"}));
    CO_EXPECT_RAISES(co_await barrier.wait(), BrokenBarrierError);
    EXPECT_EQ(barrier.n_waiting(), 0);
}

CO_TEST(Barrier, reset_breaks_it_for_those_who_wait_and_lets_it_fill_anew) {
    Barrier barrier(2);
    Log log;
    auto waiter = create_task(arrive(barrier, log));
    co_await turns(2);
    co_await barrier.reset();
    CO_EXPECT_RAISES(co_await waiter, BrokenBarrierError);
    EXPECT_FALSE(barrier.broken());
    co_await gather(arrive(barrier, log), arrive(barrier, log));
    EXPECT_EQ(log, (Log{"broken", "through 1", "through 0"}));
}

CO_TEST(Barrier, reset_mends_a_broken_one) {
    Barrier barrier(1);
    co_await barrier.abort();
    CO_EXPECT_RAISES(co_await barrier.wait(), BrokenBarrierError);
    co_await barrier.reset();
    EXPECT_EQ(co_await barrier.wait(), 0);
}

CO_TEST(Barrier, a_newcomer_at_a_reset_waits_for_the_old_ones_to_leave) {
    Barrier barrier(2);
    Log log;
    auto old = create_task(arrive(barrier, log));
    co_await turns(2);
    co_await barrier.reset();
    EXPECT_EQ(barrier.state(), BarrierState::resetting);
    co_await gather(arrive(barrier, log), arrive(barrier, log));
    CO_EXPECT_RAISES(co_await old, BrokenBarrierError);
    EXPECT_EQ(log.front(), "broken");
}

CO_TEST(Barrier, abort_while_it_drains_breaks_those_who_have_not_left) {
    Barrier barrier(2);
    Log log;
    auto first = create_task(arrive(barrier, log));
    co_await turns(2);
    co_await barrier.wait();
    EXPECT_EQ(barrier.state(), BarrierState::draining);
    co_await barrier.abort();
    CO_EXPECT_RAISES(co_await first, BrokenBarrierError);
    EXPECT_TRUE(barrier.broken());
}

CO_TEST(Barrier, refuses_less_than_one_party) {
    CO_EXPECT_RAISES(Barrier(0), ValueError);
    CO_EXPECT_RAISES(Barrier(-3), ValueError);
    co_return;
}

CO_TEST(Barrier, BrokenBarrierError_is_a_RuntimeError) {
    Barrier barrier(1);
    co_await barrier.abort();
    CO_EXPECT_RAISES(co_await barrier.wait(), RuntimeError);
}

CO_TEST(Barrier, as_a_context_manager_gives_the_number) {
    Barrier barrier(2);
    auto enter = [&]() -> Coro<int> {
        co_return co_await async_with(barrier, [](int number) -> Coro<int> { co_return number; });
    };
    auto [first, second] = co_await gather(enter(), enter());
    EXPECT_EQ(first + second, 1);
}

TEST(Barrier, names_its_states) {
    EXPECT_STREQ(to_string(BarrierState::filling), "filling");
    EXPECT_STREQ(to_string(BarrierState::draining), "draining");
    EXPECT_STREQ(to_string(BarrierState::resetting), "resetting");
    EXPECT_STREQ(to_string(BarrierState::broken), "broken");
}

} // namespace
} // namespace asyncio::test
