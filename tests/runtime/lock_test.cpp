#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<> take(Lock& lock, Log& log, std::string name, double hold = 0) {
    co_await lock.acquire();
    log.push_back(name);
    co_await sleep(hold);
    lock.release();
}

CO_TEST(Lock, is_taken_without_suspending_when_it_is_free) {
    Lock lock;
    EXPECT_FALSE(lock.locked());
    EXPECT_TRUE(co_await lock.acquire());
    EXPECT_TRUE(lock.locked());
    lock.release();
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, is_handed_over_in_the_order_of_asking) {
    Lock lock;
    Log log;
    co_await gather(take(lock, log, "a", 1), take(lock, log, "b"), take(lock, log, "c", 1),
                    take(lock, log, "d"));
    EXPECT_EQ(log, (Log{"a", "b", "c", "d"}));
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, release_schedules_the_waiter_and_does_not_run_it) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    auto waiter = create_task(take(lock, log, "waiter"));
    co_await sleep(0);
    lock.release();
    log.push_back("released");
    co_await waiter;
    EXPECT_EQ(log, (Log{"released", "waiter"}));
}

CO_TEST(Lock, cannot_be_taken_ahead_of_a_waiter_that_is_about_to_get_it) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    auto waiter = create_task(take(lock, log, "waiter"));
    co_await sleep(0);
    lock.release();
    EXPECT_FALSE(lock.locked());
    co_await lock.acquire();
    log.push_back("main");
    lock.release();
    co_await waiter;
    EXPECT_EQ(log, (Log{"waiter", "main"}));
}

CO_TEST(Lock, passes_on_when_a_waiter_is_cancelled_as_it_is_handed_the_lock) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    auto first = create_task(take(lock, log, "first"));
    auto second = create_task(take(lock, log, "second"));
    co_await sleep(0);
    lock.release();
    first.cancel();
    CO_EXPECT_RAISES(co_await first, CancelledError);
    co_await second;
    EXPECT_EQ(log, Log{"second"});
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, passes_on_along_a_whole_row_of_cancelled_waiters) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    std::vector<Task<>> waiters;
    for (int i = 0; i < 5; ++i) waiters.push_back(create_task(take(lock, log, std::to_string(i))));
    co_await sleep(0);
    lock.release();
    for (int i = 0; i < 4; ++i) waiters[static_cast<std::size_t>(i)].cancel();
    co_await gather(return_exceptions, waiters);
    EXPECT_EQ(log, Log{"4"});
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, is_free_for_the_next_when_all_its_waiters_were_cancelled) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    auto waiter = create_task(take(lock, log, "waiter"));
    co_await sleep(0);
    waiter.cancel();
    lock.release(); // the waiter is cancelled but has not left its place yet
    EXPECT_TRUE(co_await lock.acquire());
    lock.release();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_TRUE(log.empty());
}

CO_TEST(Lock, stays_held_when_a_waiter_is_cancelled_before_the_release) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    auto waiter = create_task(take(lock, log, "waiter"));
    co_await sleep(0);
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_TRUE(lock.locked());
    lock.release();
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, refuses_a_release_when_nobody_holds_it) {
    Lock lock;
    CO_EXPECT_RAISES(lock.release(), RuntimeError);
    co_await lock.acquire();
    lock.release();
    CO_EXPECT_RAISES(lock.release(), RuntimeError);
}

CO_TEST(Lock, scoped_releases_at_the_end_of_the_scope_also_after_a_throw) {
    Lock lock;
    try {
        auto held = co_await lock.scoped();
        EXPECT_TRUE(lock.locked());
        throw std::runtime_error("inside");
    } catch (const std::runtime_error&) {
        EXPECT_FALSE(lock.locked());
    }
}

CO_TEST(Lock, scoped_can_be_released_early_and_moved) {
    Lock lock;
    auto held = co_await lock.scoped();
    auto moved = std::move(held);
    EXPECT_TRUE(lock.locked());
    moved.release();
    EXPECT_FALSE(lock.locked());
    moved.release();
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, scoped_waits_its_turn) {
    Lock lock;
    Log log;
    auto holder = create_task(take(lock, log, "holder", 5));
    co_await sleep(0);
    auto held = co_await lock.scoped();
    EXPECT_EQ(get_running_loop().time(), 5);
}

CO_TEST(Lock, scoped_reports_that_somebody_else_released_it) {
    Reports reports;
    Lock lock;
    {
        auto held = co_await lock.scoped();
        lock.release();
    }
    EXPECT_EQ(reports.messages(), Log{"a lock could not be released at the end of its scope"});
}

CO_TEST(Lock, is_a_context_manager) {
    Lock lock;
    const int value = co_await async_with(lock, [&]() -> Coro<int> {
        EXPECT_TRUE(lock.locked());
        co_return 3;
    });
    EXPECT_EQ(value, 3);
    EXPECT_FALSE(lock.locked());
    auto failing = [&]() -> Coro<> {
        throw std::runtime_error("inside");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(lock, failing), std::runtime_error);
    EXPECT_FALSE(lock.locked());
}

CO_TEST(Lock, cancels_a_task_that_waits_to_enter_its_body_without_running_it) {
    Lock lock;
    Log log;
    co_await lock.acquire();
    auto waiter = create_task([&]() -> Coro<> {
        co_await async_with(lock, [&]() -> Coro<> {
            log.push_back("body");
            co_return;
        });
    });
    co_await sleep(0);
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_TRUE(log.empty());
    EXPECT_TRUE(lock.locked());
    lock.release();
}

} // namespace
} // namespace asyncio::test
