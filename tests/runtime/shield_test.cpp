#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> give(int value, double after) {
    co_await sleep(after);
    co_return value;
}

Coro<int> fail(double after) {
    co_await sleep(after);
    throw std::runtime_error("inner");
}

CO_TEST(Shield, gives_the_inner_result) {
    EXPECT_EQ(co_await shield(give(1, 1)), 1);
    co_await shield(sleep(1));
    auto owner = []() -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(2); };
    EXPECT_EQ(*co_await shield(owner()), 2);
}

CO_TEST(Shield, raises_the_inner_error) { CO_EXPECT_RAISES(co_await shield(fail(1)), std::runtime_error); }

CO_TEST(Shield, a_cancel_of_who_awaits_it_does_not_reach_the_inner_task) {
    auto inner = create_task(give(3, 10));
    auto outer = create_task([&]() -> Coro<> { co_await shield(inner); });
    co_await sleep(1);
    outer.cancel();
    CO_EXPECT_RAISES(co_await outer, CancelledError);
    EXPECT_EQ(get_running_loop().time(), 1);
    EXPECT_EQ(co_await inner, 3);
}

CO_TEST(Shield, is_cancelled_when_the_inner_task_is) {
    auto inner = create_task(give(3, 10));
    auto shielded = shield(inner);
    co_await sleep(0);
    inner.cancel();
    CO_EXPECT_RAISES(co_await shielded, CancelledError);
    EXPECT_TRUE(shielded.cancelled());
}

CO_TEST(Shield, the_inner_error_is_reported_when_no_one_is_left_to_see_it) {
    Reports reports;
    auto outer = create_task([]() -> Coro<> { co_await shield(fail(5)); });
    co_await sleep(1);
    outer.cancel();
    CO_EXPECT_RAISES(co_await outer, CancelledError);
    EXPECT_TRUE(reports.all().empty());
    co_await sleep(10);
    EXPECT_EQ(describe(reports.only().exception), "std::runtime_error: inner");
    EXPECT_NE(reports.only().message.find("exception in shielded future"), std::string::npos);
}

CO_TEST(Shield, an_inner_error_that_many_cancelled_shields_hid_is_reported_once) {
    const Reports reports;
    auto inner = create_task(fail(5));
    shield(inner).cancel();
    shield(inner).cancel();
    co_await sleep(10);
    EXPECT_EQ(reports.messages(), Log{"exception in shielded future"});
}

CO_TEST(Shield, reports_nothing_when_the_inner_task_ends_well_or_is_cancelled) {
    Reports reports;
    auto good = create_task(give(1, 5));
    auto cancelled = create_task(give(1, 5));
    shield(good).cancel();
    shield(cancelled).cancel();
    co_await sleep(1);
    cancelled.cancel();
    co_await sleep(10);
    EXPECT_TRUE(reports.all().empty());
}

CO_TEST(Shield, of_a_done_task_is_that_task) {
    auto task = create_task(give(1, 0));
    co_await task;
    EXPECT_EQ(shield(task), task);
}

CO_TEST(Shield, keeps_cleanup_going_in_a_cancelled_task) {
    Log log;
    auto clean_up = [&]() -> Coro<> {
        co_await sleep(5);
        log.push_back("cleaned up");
    };
    auto task = create_task([&]() -> Coro<> { co_await shield(clean_up()); });
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_TRUE(log.empty());
    co_await sleep(10);
    EXPECT_EQ(log, Log{"cleaned up"});
}

CO_TEST(Shield, many_shields_of_one_task_all_end_with_it) {
    auto inner = create_task(give(2, 3));
    std::vector<Future<int>> shields;
    for (int i = 0; i < 50; ++i) shields.push_back(shield(inner));
    for (std::size_t i = 0; i < 50; i += 2) shields[i].cancel();
    co_await inner;
    co_await turns(2);
    for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(shields[i].cancelled(), i % 2 == 0);
    EXPECT_EQ(shields[1].result(), 2);
}

CO_TEST(Shield, frees_everything_when_both_sides_have_ended) {
    auto inner = create_task(
        [](Counted) -> Coro<std::shared_ptr<Counted>> {
            co_await sleep(1);
            co_return std::make_shared<Counted>();
        },
        Counted());
    {
        auto shielded = shield(inner);
        shielded.cancel();
    }
    co_await inner;
    inner = create_task([]() -> Coro<std::shared_ptr<Counted>> { co_return nullptr; });
    co_await inner;
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Shield, of_a_future_that_is_never_done_is_freed_with_it) {
    {
        Future<int> never;
        shield(never).add_done_callback([counted = Counted()] {});
        auto cancelled = shield(never);
        cancelled.cancel();
        cancelled.add_done_callback([counted = Counted()] {});
        co_await turns(2);
        EXPECT_EQ(Counted::alive, 1);
    }
    EXPECT_EQ(Counted::alive, 0);
}

} // namespace
} // namespace asyncio::test
