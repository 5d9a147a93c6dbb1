#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;

CO_TEST(Timeout, lets_a_body_that_is_in_time_through_with_its_value) {
    const int value = co_await async_with(timeout(2s), [](Timeout& deadline) -> Coro<int> {
        EXPECT_EQ(deadline.state(), TimeoutState::active);
        EXPECT_EQ(deadline.when(), 2);
        co_await sleep(1);
        EXPECT_FALSE(deadline.expired());
        co_return 3;
    });
    EXPECT_EQ(value, 3);
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(Timeout, raises_TimeoutError_and_takes_its_cancel_back) {
    Timeout deadline = timeout(2s);
    CO_EXPECT_RAISES(co_await async_with(deadline, []() -> Coro<> { co_await sleep(10); }), TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 2);
    EXPECT_TRUE(deadline.expired());
    EXPECT_EQ(deadline.state(), TimeoutState::expired);
    EXPECT_EQ(current_task().cancelling(), 0u);
    co_await sleep(1);
}

CO_TEST(Timeout, that_has_passed_already_expires_at_the_first_suspension) {
    Log log;
    auto body = [&]() -> Coro<> {
        log.push_back("starts");
        co_await sleep(1);
        log.push_back("not reached");
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(0), body), TimeoutError);
    CO_EXPECT_RAISES(co_await async_with(timeout(-5), body), TimeoutError);
    EXPECT_EQ(log, (Log{"starts", "starts"}));
    EXPECT_EQ(get_running_loop().time(), 0);
}

CO_TEST(Timeout, that_has_passed_spares_a_body_that_never_suspends) {
    EXPECT_EQ(co_await async_with(timeout(0), []() -> Coro<int> { co_return 1; }), 1);
}

CO_TEST(Timeout, without_a_deadline_never_expires) {
    co_await async_with(timeout(std::nullopt), [](Timeout& deadline) -> Coro<> {
        EXPECT_EQ(deadline.when(), std::nullopt);
        co_await sleep(1e6);
    });
}

CO_TEST(Timeout, at_takes_a_time_of_the_loop) {
    co_await sleep(5);
    CO_EXPECT_RAISES(co_await async_with(timeout_at(7), []() -> Coro<> { co_await sleep(10); }),
                     TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 7);
}

CO_TEST(Timeout, can_be_rescheduled_in_both_directions_and_switched_off) {
    co_await async_with(timeout(2), [](Timeout& deadline) -> Coro<> {
        deadline.reschedule(10);
        co_await sleep(5);
        deadline.reschedule(std::nullopt);
        co_await sleep(100);
    });
    auto sooner = [](Timeout& deadline) -> Coro<> {
        deadline.reschedule(get_running_loop().time() + 1);
        co_await sleep(50);
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(100), sooner), TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 106);
}

CO_TEST(Timeout, refuses_to_be_rescheduled_outside_its_body) {
    Timeout deadline = timeout(1);
    CO_EXPECT_RAISES(deadline.reschedule(5), RuntimeError);
    co_await async_with(deadline, []() -> Coro<> { co_return; });
    EXPECT_EQ(deadline.state(), TimeoutState::finished);
    CO_EXPECT_RAISES(deadline.reschedule(5), RuntimeError);
}

CO_TEST(Timeout, refuses_to_be_rescheduled_once_it_has_expired) {
    auto body = [](Timeout& deadline) -> Coro<> {
        try {
            co_await sleep(10);
        } catch (const CancelledError&) {
            EXPECT_EQ(deadline.state(), TimeoutState::expiring);
            EXPECT_TRUE(deadline.expired());
            CO_EXPECT_RAISES(deadline.reschedule(100), RuntimeError);
            throw;
        }
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(1), body), TimeoutError);
}

CO_TEST(Timeout, refuses_to_be_entered_twice) {
    Timeout deadline = timeout(1);
    co_await async_with(deadline, []() -> Coro<> { co_return; });
    CO_EXPECT_RAISES(co_await async_with(deadline, []() -> Coro<> { co_return; }), RuntimeError);
}

CO_TEST(Timeout, leaves_other_errors_of_its_body_as_they_are) {
    auto body = []() -> Coro<> {
        throw std::runtime_error("body");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(1), body), std::runtime_error);
    auto late = []() -> Coro<> {
        try {
            co_await sleep(10);
        } catch (const CancelledError&) {
            throw std::runtime_error("cleanup");
        }
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(1), late), std::runtime_error);
    EXPECT_EQ(current_task().cancelling(), 0u);
}

CO_TEST(Timeout, a_cancel_from_outside_stays_a_cancel) {
    auto task = create_task(
        []() -> Coro<> { co_await async_with(timeout(10), []() -> Coro<> { co_await sleep(100); }); });
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(Timeout, a_cancel_from_outside_in_the_turn_of_the_deadline_stays_a_cancel) {
    auto task = create_task(
        []() -> Coro<> { co_await async_with(timeout(1), []() -> Coro<> { co_await sleep(100); }); });
    co_await sleep(0);
    get_running_loop().call_at(1, [&] { task.cancel(); });
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(task.cancelling(), 1u);
}

CO_TEST(Timeout, nested_the_inner_expires_first_and_the_outer_goes_on) {
    Log log;
    co_await async_with(timeout(10), [&](Timeout& outer) -> Coro<> {
        CO_EXPECT_RAISES(co_await async_with(timeout(1), []() -> Coro<> { co_await sleep(100); }),
                         TimeoutError);
        EXPECT_FALSE(outer.expired());
        co_await sleep(1);
        log.push_back("outer body ends");
    });
    EXPECT_EQ(log, Log{"outer body ends"});
}

CO_TEST(Timeout, nested_the_outers_cancel_goes_through_the_inner_as_a_cancel) {
    Log log;
    auto body = [&](Timeout&) -> Coro<> {
        Timeout inner = timeout(10);
        try {
            co_await async_with(inner, []() -> Coro<> { co_await sleep(100); });
        } catch (const CancelledError&) {
            log.push_back("cancelled");
            EXPECT_FALSE(inner.expired());
            throw;
        }
    };
    CO_EXPECT_RAISES(co_await async_with(timeout(1), body), TimeoutError);
    EXPECT_EQ(log, Log{"cancelled"});
}

CO_TEST(Timeout, nested_with_one_deadline_both_expire_and_the_task_is_not_left_cancelled) {
    auto body = []() -> Coro<> {
        co_await async_with(timeout_at(1), []() -> Coro<> { co_await sleep(100); });
    };
    CO_EXPECT_RAISES(co_await async_with(timeout_at(1), body), TimeoutError);
    EXPECT_EQ(current_task().cancelling(), 0u);
    co_await sleep(1);
}

CO_TEST(Timeout, tells_its_own_cancel_from_one_that_was_pending_before_it_was_entered) {
    auto task = create_task([]() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
        }
        EXPECT_EQ(current_task().cancelling(), 1u);
        CO_EXPECT_RAISES(co_await async_with(timeout(1), []() -> Coro<> { co_await sleep(50); }),
                         TimeoutError);
        EXPECT_EQ(current_task().cancelling(), 1u);
    });
    co_await sleep(1);
    task.cancel();
    co_await task;
    EXPECT_EQ(get_running_loop().time(), 2);
}

CO_TEST(Timeout, a_swallowed_expiry_lets_the_body_end_well) {
    Timeout deadline = timeout(1);
    const int value = co_await async_with(deadline, []() -> Coro<int> {
        try {
            co_await sleep(10);
        } catch (const CancelledError&) {
        }
        co_return 4;
    });
    EXPECT_EQ(value, 4);
    EXPECT_TRUE(deadline.expired());
    EXPECT_EQ(current_task().cancelling(), 0u);
}

TEST(Timeout, refuses_to_be_made_without_a_loop) {
    EXPECT_THROW(timeout(1), RuntimeError);
    EXPECT_NO_THROW(timeout_at(1));
    EXPECT_THROW(timeout_at(1).aenter(), RuntimeError);
}

TEST(Timeout, names_its_states) {
    EXPECT_STREQ(to_string(TimeoutState::created), "created");
    EXPECT_STREQ(to_string(TimeoutState::active), "active");
    EXPECT_STREQ(to_string(TimeoutState::expiring), "expiring");
    EXPECT_STREQ(to_string(TimeoutState::expired), "expired");
    EXPECT_STREQ(to_string(TimeoutState::finished), "finished");
}

} // namespace
} // namespace asyncio::test
