#include "support.hpp"

#include <array>
#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> give(int value, double after) {
    co_await sleep(after);
    co_return value;
}

template <class... C> auto list(C... coros) {
    std::vector<Coro<int>> all;
    (all.push_back(std::move(coros)), ...);
    return all;
}

CO_TEST(AsCompleted, gives_the_results_in_the_order_of_their_ends) {
    auto results = as_completed(list(give(3, 3), give(1, 1), give(2, 2)));
    std::vector<int> order;
    while (auto result = co_await results.next()) order.push_back(*result);
    EXPECT_EQ(order, (std::vector{1, 2, 3}));
    EXPECT_FALSE(co_await results.next());
}

CO_TEST(AsCompleted, starts_its_coroutines_at_the_call) {
    auto results = as_completed(list(give(1, 5), give(2, 5)));
    EXPECT_EQ(all_tasks().size(), 3u);
    co_await sleep(10);
    EXPECT_EQ(co_await results.next(), 1);
    EXPECT_EQ(co_await results.next(), 2);
    EXPECT_EQ(get_running_loop().time(), 10);
}

CO_TEST(AsCompleted, raises_the_error_of_the_one_that_failed_and_goes_on) {
    auto fail = [](double after) -> Coro<int> {
        co_await sleep(after);
        throw std::runtime_error("x");
    };
    auto results = as_completed(list(fail(1), give(2, 2)));
    CO_EXPECT_RAISES(co_await results.next(), std::runtime_error);
    EXPECT_EQ(co_await results.next(), 2);
    EXPECT_FALSE(co_await results.next());
}

CO_TEST(AsCompleted, raises_TimeoutError_once_for_each_that_is_missing) {
    auto results = as_completed(list(give(1, 1), give(2, 10), give(3, 20)), 5);
    EXPECT_EQ(co_await results.next(), 1);
    CO_EXPECT_RAISES(co_await results.next(), TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 5);
    CO_EXPECT_RAISES(co_await results.next(), TimeoutError);
    EXPECT_FALSE(co_await results.next());
    EXPECT_EQ(all_tasks().size(), 3u); // the task it no longer waits for runs on
}

CO_TEST(AsCompleted, leaves_no_timer_behind_when_all_is_done_in_time) {
    auto results = as_completed(list(give(1, 1)), 100);
    EXPECT_EQ(co_await results.next(), 1);
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(AsCompleted, counts_a_task_given_twice_once) {
    auto task = create_task(give(1, 1));
    auto results = as_completed(std::vector{task, task});
    EXPECT_EQ(co_await results.next(), 1);
    EXPECT_FALSE(co_await results.next());
}

CO_TEST(AsCompleted, of_nothing_ends_at_once) {
    auto results = as_completed(std::vector<Coro<int>>(), 1);
    EXPECT_FALSE(co_await results.next());
}

CO_TEST(AsCompleted, gives_monostate_for_void_and_moves_what_only_moves) {
    std::vector<Coro<>> sleeps;
    sleeps.push_back([]() -> Coro<> { co_await sleep(1); }());
    auto ends = as_completed(std::move(sleeps));
    EXPECT_TRUE(co_await ends.next());
    std::vector<Coro<std::unique_ptr<int>>> owners;
    owners.push_back([]() -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(6); }());
    auto owned = as_completed(std::move(owners));
    EXPECT_EQ(**co_await owned.next(), 6);
}

CO_TEST(AsCompleted, a_next_that_is_cancelled_loses_no_result_of_the_others) {
    auto results = as_completed(list(give(1, 1), give(2, 2)));
    auto waiter = create_task([&]() -> Coro<> { co_await results.next(); });
    co_await sleep(0.5);
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_EQ(co_await results.next(), 1); // the cancelled next() counts, as in Python
    EXPECT_FALSE(co_await results.next());
}

CO_TEST(AsCompleted, can_be_iterated_by_several_tasks_at_once) {
    auto results = as_completed(list(give(1, 1), give(2, 2), give(3, 3)));
    auto take = [&]() -> Coro<int> { co_return (co_await results.next()).value_or(0); };
    EXPECT_EQ(co_await gather(take(), take(), take(), take()), (std::array{1, 2, 3, 0}));
}

CO_TEST(AsCompleted, dropped_half_way_leaves_the_tasks_running) {
    auto task = create_task(give(1, 5));
    {
        auto results = as_completed(std::vector{task}, 100);
    }
    EXPECT_EQ(co_await task, 1);
}

CO_TEST(AsCompleted, next_done_tells_which_of_the_tasks_it_was) {
    auto slow = create_task(sleep(2, std::string("slow")));
    auto quick = create_task(sleep(1, std::string("quick")));
    auto results = as_completed(std::vector{slow, quick});
    const std::optional<Task<std::string>> first = co_await results.next_done();
    EXPECT_EQ(first, quick);
    EXPECT_EQ(first->result(), "quick");
    EXPECT_EQ(co_await results.next_done(), slow);
    EXPECT_EQ(co_await results.next_done(), std::nullopt);
}

CO_TEST(AsCompleted, takes_awaitables_one_by_one_and_a_timeout_before_them) {
    auto results = as_completed(sleep(2, 2), sleep(1, 1));
    EXPECT_EQ(co_await results.next(), 1);
    EXPECT_EQ(co_await results.next(), 2);
    EXPECT_EQ(co_await results.next(), std::nullopt);
    auto hurried = as_completed(1, sleep(5, 5));
    CO_EXPECT_RAISES(co_await hurried.next(), TimeoutError);
    Future<int> future;
    auto futures = as_completed(future);
    future.set_result(7);
    EXPECT_EQ((co_await futures.next_done())->result(), 7);
    co_await sleep(10);
}

CO_TEST(AsCompleted, takes_lambdas_uncalled) {
    const auto after = [](double delay, std::string text) {
        return [delay, kept = std::move(text)]() -> Coro<std::string> {
            co_await sleep(delay);
            co_return kept;
        };
    };
    auto all = as_completed(after(2, std::string(40, 'b')), after(1, std::string(40, 'a')));
    EXPECT_EQ(co_await all.next(), std::string(40, 'a'));
    EXPECT_EQ(co_await all.next(), std::string(40, 'b'));
    EXPECT_EQ(co_await all.next(), std::nullopt);
}

} // namespace
} // namespace asyncio::test
