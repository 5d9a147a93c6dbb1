#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<> wait_and_note(Event& event, Log& log, std::string name) {
    EXPECT_TRUE(co_await event.wait());
    log.push_back(name);
}

CO_TEST(Event, lets_everybody_through_once_it_is_set) {
    Event event;
    EXPECT_FALSE(event.is_set());
    event.set();
    EXPECT_TRUE(event.is_set());
    EXPECT_TRUE(co_await event.wait());
}

CO_TEST(Event, wakes_all_waiters_in_the_order_of_their_coming) {
    Event event;
    Log log;
    auto all = gather(wait_and_note(event, log, "a"), wait_and_note(event, log, "b"),
                      wait_and_note(event, log, "c"));
    co_await sleep(0);
    event.set();
    EXPECT_TRUE(log.empty());
    co_await all;
    EXPECT_EQ(log, (Log{"a", "b", "c"}));
}

CO_TEST(Event, holds_back_again_after_clear) {
    Event event;
    Log log;
    event.set();
    event.clear();
    EXPECT_FALSE(event.is_set());
    auto waiter = create_task(wait_and_note(event, log, "late"));
    co_await sleep(1);
    EXPECT_TRUE(log.empty());
    event.set();
    co_await waiter;
}

CO_TEST(Event, a_woken_waiter_goes_on_though_the_event_is_cleared_before_it_runs) {
    Event event;
    Log log;
    auto waiter = create_task(wait_and_note(event, log, "woken"));
    co_await sleep(0);
    event.set();
    event.clear();
    co_await waiter;
    EXPECT_EQ(log, Log{"woken"});
}

CO_TEST(Event, set_twice_wakes_once) {
    Event event;
    Log log;
    auto waiter = create_task(wait_and_note(event, log, "woken"));
    co_await sleep(0);
    event.set();
    event.set();
    co_await waiter;
    EXPECT_EQ(log, Log{"woken"});
}

CO_TEST(Event, a_waiter_cancelled_as_it_is_woken_is_cancelled_and_the_others_go_on) {
    Event event;
    Log log;
    auto first = create_task(wait_and_note(event, log, "first"));
    auto second = create_task(wait_and_note(event, log, "second"));
    co_await sleep(0);
    event.set();
    first.cancel();
    co_await gather(return_exceptions, first, second);
    EXPECT_TRUE(first.cancelled());
    EXPECT_EQ(log, Log{"second"});
}

CO_TEST(Event, can_be_set_while_a_cancelled_waiter_has_not_left_yet) {
    Event event;
    Log log;
    auto waiter = create_task(wait_and_note(event, log, "waiter"));
    co_await sleep(0);
    waiter.cancel();
    event.set();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_TRUE(log.empty());
}

} // namespace
} // namespace asyncio::test
