#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<> wait_and_note(Condition& condition, Log& log, std::string name) {
    auto held = co_await condition.scoped();
    co_await condition.wait();
    EXPECT_TRUE(condition.locked());
    log.push_back(name);
}

Coro<> notify(Condition& condition, std::size_t n) {
    auto held = co_await condition.scoped();
    condition.notify(n);
}

CO_TEST(Condition, wakes_as_many_as_are_notified_in_the_order_of_waiting) {
    Condition condition;
    Log log;
    std::vector<Task<>> waiters;
    for (const char* name : {"a", "b", "c", "d"})
        waiters.push_back(create_task(wait_and_note(condition, log, name)));
    co_await turns(2);
    co_await notify(condition, 1);
    co_await turns(5);
    EXPECT_EQ(log, Log{"a"});
    co_await notify(condition, 2);
    co_await turns(5);
    EXPECT_EQ(log, (Log{"a", "b", "c"}));
    co_await notify(condition, 1);
    co_await gather(waiters);
    EXPECT_EQ(log.back(), "d");
}

CO_TEST(Condition, notify_all_wakes_them_all) {
    Condition condition;
    Log log;
    auto all = gather(wait_and_note(condition, log, "a"), wait_and_note(condition, log, "b"));
    co_await turns(2);
    {
        auto held = co_await condition.scoped();
        condition.notify_all();
        co_await turns(3);
        EXPECT_TRUE(log.empty()); // they are woken, but the lock is still held
    }
    co_await all;
    EXPECT_EQ(log, (Log{"a", "b"}));
}

CO_TEST(Condition, a_notification_without_waiters_is_lost) {
    Condition condition;
    Log log;
    co_await notify(condition, 5);
    auto waiter = create_task(wait_and_note(condition, log, "late"));
    co_await turns(5);
    EXPECT_TRUE(log.empty());
    co_await notify(condition, 1);
    co_await waiter;
}

CO_TEST(Condition, wait_for_returns_the_predicates_value_once_it_is_true) {
    Condition condition;
    int items = 0;
    auto waiter = create_task([&]() -> Coro<int> {
        auto held = co_await condition.scoped();
        co_return co_await condition.wait_for([&] { return items; });
    });
    co_await turns(2);
    co_await notify(condition, 1);
    co_await turns(3);
    EXPECT_FALSE(waiter.done());
    items = 4;
    co_await notify(condition, 1);
    EXPECT_EQ(co_await waiter, 4);
}

CO_TEST(Condition, reacquires_the_lock_before_it_raises_a_cancel) {
    Condition condition;
    Log log;
    auto waiter = create_task([&]() -> Coro<> {
        auto held = co_await condition.scoped();
        try {
            co_await condition.wait();
        } catch (const CancelledError&) {
            EXPECT_TRUE(condition.locked());
            log.push_back("cancelled");
            throw;
        }
    });
    co_await turns(2);
    co_await condition.acquire();
    waiter.cancel();
    co_await turns(5);
    EXPECT_TRUE(log.empty());
    condition.release();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_EQ(log, Log{"cancelled"});
    EXPECT_FALSE(condition.locked());
}

CO_TEST(Condition, reacquires_the_lock_under_repeated_cancels_then_raises) {
    Condition condition;
    Log log;
    auto waiter = create_task(wait_and_note(condition, log, "never"));
    co_await turns(2);
    co_await condition.acquire();
    for (int i = 0; i < 5; ++i) {
        waiter.cancel();
        co_await turns(3);
        EXPECT_FALSE(waiter.done());
    }
    condition.release();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_FALSE(condition.locked());
    EXPECT_TRUE(log.empty());
}

CO_TEST(Condition, a_cancel_while_it_reacquires_after_a_notification_is_raised_once_it_holds_the_lock) {
    Condition condition;
    Log log;
    auto waiter = create_task(wait_and_note(condition, log, "never"));
    co_await turns(2);
    co_await condition.acquire();
    condition.notify();
    co_await turns(2); // it waits for the lock now
    waiter.cancel();
    co_await turns(2);
    EXPECT_FALSE(waiter.done());
    condition.release();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_FALSE(condition.locked());
}

CO_TEST(Condition, a_notification_that_hits_a_cancelled_waiter_goes_to_the_next) {
    Condition condition;
    Log log;
    auto first = create_task(wait_and_note(condition, log, "first"));
    auto second = create_task(wait_and_note(condition, log, "second"));
    co_await turns(2);
    co_await condition.acquire();
    condition.notify(1);
    first.cancel();
    condition.release();
    co_await gather(return_exceptions, first, second);
    EXPECT_TRUE(first.cancelled());
    EXPECT_EQ(log, Log{"second"});
}

CO_TEST(Condition, a_waiter_cancelled_before_the_notification_does_not_take_it) {
    Condition condition;
    Log log;
    auto first = create_task(wait_and_note(condition, log, "first"));
    auto second = create_task(wait_and_note(condition, log, "second"));
    co_await turns(2);
    co_await condition.acquire();
    first.cancel();
    condition.notify(1);
    condition.release();
    co_await gather(return_exceptions, first, second);
    EXPECT_EQ(log, Log{"second"});
}

CO_TEST(Condition, shares_a_lock_it_is_given) {
    Lock lock;
    Condition one(lock);
    Condition two(lock);
    co_await one.acquire();
    EXPECT_TRUE(two.locked());
    EXPECT_TRUE(lock.locked());
    two.release();
    EXPECT_FALSE(one.locked());
}

CO_TEST(Condition, refuses_to_wait_or_notify_without_the_lock) {
    Condition condition;
    CO_EXPECT_RAISES(co_await condition.wait(), RuntimeError);
    CO_EXPECT_RAISES(condition.notify(), RuntimeError);
    CO_EXPECT_RAISES(condition.notify_all(), RuntimeError);
    CO_EXPECT_RAISES(co_await condition.wait_for([] { return false; }), RuntimeError);
    CO_EXPECT_RAISES(condition.release(), RuntimeError);
}

CO_TEST(Condition, is_a_context_manager) {
    Condition condition;
    co_await async_with(condition, [&]() -> Coro<> {
        EXPECT_TRUE(condition.locked());
        co_return;
    });
    EXPECT_FALSE(condition.locked());
}

CO_TEST(Condition, notifies_nobody_for_a_negative_number) {
    Condition condition;
    auto waiting = create_task([](Condition& its) -> Coro<> {
        auto held = co_await its.scoped();
        co_await its.wait();
    }(condition));
    co_await sleep(1);
    {
        auto held = co_await condition.scoped();
        condition.notify(-1);
    }
    co_await sleep(1);
    EXPECT_FALSE(waiting.done());
    waiting.cancel();
    co_await gather(return_exceptions, waiting);
}

} // namespace
} // namespace asyncio::test
