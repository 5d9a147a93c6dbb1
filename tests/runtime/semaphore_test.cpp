#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<> take(Semaphore& semaphore, Log& log, std::string name) {
    co_await semaphore.acquire();
    log.push_back(name);
}

CO_TEST(Semaphore, lets_as_many_in_as_its_value) {
    Semaphore semaphore(2);
    EXPECT_FALSE(semaphore.locked());
    EXPECT_TRUE(co_await semaphore.acquire());
    EXPECT_TRUE(co_await semaphore.acquire());
    EXPECT_TRUE(semaphore.locked());
    semaphore.release();
    EXPECT_FALSE(semaphore.locked());
}

CO_TEST(Semaphore, bounds_how_many_are_inside_at_a_time) {
    Semaphore semaphore(3);
    int inside = 0;
    int most = 0;
    std::vector<Coro<>> jobs;
    auto job = [&]() -> Coro<> {
        auto held = co_await semaphore.scoped();
        most = std::max(most, ++inside);
        co_await sleep(1);
        --inside;
    };
    for (int i = 0; i < 10; ++i) jobs.push_back(job());
    co_await gather(std::move(jobs));
    EXPECT_EQ(most, 3);
    EXPECT_EQ(get_running_loop().time(), 4);
}

CO_TEST(Semaphore, wakes_in_the_order_of_asking) {
    Semaphore semaphore(0);
    Log log;
    auto all = gather(take(semaphore, log, "a"), take(semaphore, log, "b"), take(semaphore, log, "c"));
    co_await sleep(0);
    for (int i = 0; i < 3; ++i) semaphore.release();
    co_await all;
    EXPECT_EQ(log, (Log{"a", "b", "c"}));
}

CO_TEST(Semaphore, has_no_barging) {
    Semaphore semaphore(1);
    Log log;
    co_await semaphore.acquire();
    auto waiter = create_task(take(semaphore, log, "waiter"));
    co_await sleep(0);
    semaphore.release();
    EXPECT_TRUE(semaphore.locked()); // the slot already belongs to the waiter
    auto late = create_task(take(semaphore, log, "late"));
    co_await sleep(0);
    EXPECT_EQ(log, Log{"waiter"});
    semaphore.release();
    co_await late;
    EXPECT_EQ(log, (Log{"waiter", "late"}));
}

CO_TEST(Semaphore, stays_first_in_first_out_when_many_are_released_at_once) {
    Semaphore semaphore(0);
    Log log;
    std::vector<Coro<>> takers;
    for (int i = 0; i < 20; ++i) takers.push_back(take(semaphore, log, std::to_string(i)));
    auto all = gather(std::move(takers));
    co_await sleep(0);
    for (int i = 0; i < 7; ++i) semaphore.release();
    co_await turns(3);
    EXPECT_EQ(log.size(), 7u);
    for (int i = 0; i < 13; ++i) semaphore.release();
    co_await all;
    Log expected;
    for (int i = 0; i < 20; ++i) expected.push_back(std::to_string(i));
    EXPECT_EQ(log, expected);
}

CO_TEST(Semaphore, passes_its_slot_on_when_a_waiter_is_cancelled_as_it_is_woken) {
    Semaphore semaphore(0);
    Log log;
    auto first = create_task(take(semaphore, log, "first"));
    auto second = create_task(take(semaphore, log, "second"));
    co_await sleep(0);
    semaphore.release();
    first.cancel();
    co_await gather(return_exceptions, first, second);
    EXPECT_TRUE(first.cancelled());
    EXPECT_EQ(log, Log{"second"});
    EXPECT_TRUE(semaphore.locked());
}

CO_TEST(Semaphore, keeps_its_slot_when_the_only_waiter_is_cancelled_as_it_is_woken) {
    Semaphore semaphore(0);
    Log log;
    auto waiter = create_task(take(semaphore, log, "waiter"));
    co_await sleep(0);
    semaphore.release();
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_FALSE(semaphore.locked());
    co_await semaphore.acquire();
}

CO_TEST(Semaphore, a_cancelled_waiter_takes_no_slot) {
    Semaphore semaphore(0);
    Log log;
    auto first = create_task(take(semaphore, log, "first"));
    auto second = create_task(take(semaphore, log, "second"));
    co_await sleep(0);
    first.cancel();
    semaphore.release();
    co_await gather(return_exceptions, first, second);
    EXPECT_EQ(log, Log{"second"});
}

CO_TEST(Semaphore, grows_when_it_is_released_more_often_than_acquired) {
    Semaphore semaphore(1);
    semaphore.release();
    co_await semaphore.acquire();
    co_await semaphore.acquire();
    EXPECT_TRUE(semaphore.locked());
}

CO_TEST(Semaphore, refuses_a_negative_value) {
    CO_EXPECT_RAISES(Semaphore(-1), ValueError);
    CO_EXPECT_RAISES(BoundedSemaphore(-1), ValueError);
    co_return;
}

CO_TEST(Semaphore, is_a_context_manager) {
    Semaphore semaphore(1);
    co_await async_with(semaphore, [&]() -> Coro<> {
        EXPECT_TRUE(semaphore.locked());
        co_return;
    });
    EXPECT_FALSE(semaphore.locked());
}

CO_TEST(BoundedSemaphore, refuses_a_release_too_many) {
    BoundedSemaphore semaphore(2);
    CO_EXPECT_RAISES(semaphore.release(), ValueError);
    co_await semaphore.acquire();
    semaphore.release();
    CO_EXPECT_RAISES(semaphore.release(), ValueError);
}

CO_TEST(BoundedSemaphore, refuses_it_also_through_a_reference_to_a_semaphore) {
    BoundedSemaphore bounded;
    Semaphore& semaphore = bounded;
    CO_EXPECT_RAISES(semaphore.release(), ValueError);
    co_return;
}

} // namespace
} // namespace asyncio::test
