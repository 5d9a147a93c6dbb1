#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;

Coro<int> give(int value, double after, Counted = {}) {
    co_await sleep(after);
    co_return value;
}

CO_TEST(WaitFor, gives_the_result_within_the_time) {
    EXPECT_EQ(co_await wait_for(give(1, 1), 2s), 1);
    EXPECT_EQ(get_running_loop().time(), 1);
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(WaitFor, gives_void_references_and_what_can_only_be_moved) {
    int value = 0;
    co_await wait_for([]() -> Coro<> { co_await sleep(1); }(), 2);
    auto owner = []() -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(4); };
    EXPECT_EQ(*co_await wait_for(owner(), 2), 4);
    auto reference = [](int& value) -> Coro<int&> { co_return value; };
    EXPECT_EQ(&co_await wait_for(reference(value), 2), &value);
}

CO_TEST(WaitFor, raises_TimeoutError_when_the_time_is_up) {
    CO_EXPECT_RAISES(co_await wait_for(give(1, 10), 2s), TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 2);
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_EQ(current_task().cancelling(), 0u);
}

CO_TEST(WaitFor, cancels_the_task_it_waited_for) {
    auto task = create_task(give(1, 10));
    CO_EXPECT_RAISES(co_await wait_for(task, 2s), TimeoutError);
    EXPECT_TRUE(task.cancelled());
}

CO_TEST(WaitFor, raises_the_error_of_what_it_waits_for) {
    auto fail = []() -> Coro<> {
        throw std::runtime_error("x");
        co_return;
    };
    CO_EXPECT_RAISES(co_await wait_for(fail(), 1s), std::runtime_error);
}

CO_TEST(WaitFor, without_a_timeout_waits_for_ever) {
    EXPECT_EQ(co_await wait_for(give(1, 1e6), std::nullopt), 1);
}

Coro<int> clean_up_slowly(Log& log) {
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log.push_back("cancelled");
    }
    co_await sleep(5);
    log.push_back("cleaned up");
    throw CancelledError();
}

CO_TEST(WaitFor, waits_for_the_inner_cleanup) {
    Log log;
    CO_EXPECT_RAISES(co_await wait_for(clean_up_slowly(log), 2s), TimeoutError);
    EXPECT_EQ(log, (Log{"cancelled", "cleaned up"}));
    EXPECT_EQ(get_running_loop().time(), 7);
}

CO_TEST(WaitFor, waits_for_the_inner_cleanup_also_with_a_timeout_of_0) {
    Log log;
    auto task = create_task(clean_up_slowly(log));
    co_await sleep(1);
    CO_EXPECT_RAISES(co_await wait_for(task, 0), TimeoutError);
    EXPECT_EQ(log, (Log{"cancelled", "cleaned up"}));
    EXPECT_EQ(get_running_loop().time(), 6);
}

CO_TEST(WaitFor, with_a_timeout_of_0_or_less_never_starts_a_coroutine) {
    Log log;
    auto job = [&](Counted) -> Coro<> {
        log.push_back("runs");
        co_return;
    };
    CO_EXPECT_RAISES(co_await wait_for(job({}), 0), TimeoutError);
    CO_EXPECT_RAISES(co_await wait_for(job({}), -1s), TimeoutError);
    EXPECT_TRUE(log.empty());
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(WaitFor, with_a_timeout_of_0_gives_what_is_done_already) {
    auto task = create_task(give(3, 0));
    co_await task;
    EXPECT_EQ(co_await wait_for(task, 0), 3);
}

CO_TEST(WaitFor, gives_what_the_inner_returns_in_spite_of_the_cancel) {
    auto stubborn = []() -> Coro<int> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
        }
        co_return 8;
    };
    EXPECT_EQ(co_await wait_for(stubborn(), 1s), 8);
    EXPECT_EQ(current_task().cancelling(), 0u);
}

CO_TEST(WaitFor, raises_the_error_the_inner_raises_in_its_cleanup) {
    auto failing = []() -> Coro<int> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            throw std::runtime_error("cleanup");
        }
        co_return 1;
    };
    CO_EXPECT_RAISES(co_await wait_for(failing(), 1s), std::runtime_error);
}

CO_TEST(WaitFor, a_completion_in_the_same_turn_as_the_cancel_is_kept) {
    Future<int> future;
    auto waiter = create_task([&]() -> Coro<int> {
        try {
            co_return co_await wait_for(future, 10s);
        } catch (const CancelledError&) {
            co_return -1;
        }
    });
    co_await sleep(0);
    future.set_result(5);
    waiter.cancel();
    EXPECT_EQ(co_await waiter, -1);               // the cancel is raised ...
    EXPECT_EQ(co_await wait_for(future, 10s), 5); // ... and the result is not lost
}

CO_TEST(WaitFor, a_completion_in_the_turn_of_the_deadline_is_kept_by_the_future) {
    Future<int> future;
    get_running_loop().call_at(2, [&] { future.set_result(5); });
    try {
        EXPECT_EQ(co_await wait_for(future, 2s), 5);
    } catch (const TimeoutError&) {
        EXPECT_EQ(future.result(), 5);
    }
    EXPECT_TRUE(future.done());
    EXPECT_FALSE(future.cancelled());
}

CO_TEST(WaitFor, cancelled_from_outside_raises_CancelledError_once_the_inner_has_cleaned_up) {
    Log log;
    auto inner = create_task(clean_up_slowly(log));
    auto waiter = create_task([&]() -> Coro<> { co_await wait_for(inner, 50s); });
    co_await sleep(1);
    waiter.cancel();
    CO_EXPECT_RAISES(co_await waiter, CancelledError);
    EXPECT_EQ(log, (Log{"cancelled", "cleaned up"}));
    EXPECT_TRUE(get_running_loop().timers().empty());
}

CO_TEST(WaitFor, nests_and_the_shorter_time_wins) {
    auto inner = []() -> Coro<int> { co_return co_await wait_for(give(1, 10), 5s); };
    CO_EXPECT_RAISES(co_await wait_for(inner(), 3s), TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 3);
    CO_EXPECT_RAISES(co_await wait_for(inner(), 30s), TimeoutError);
    EXPECT_EQ(get_running_loop().time(), 8);
}

CO_TEST(WaitFor, takes_any_awaitable) {
    Event event;
    get_running_loop().call_later(1, [&] { event.set(); });
    EXPECT_TRUE(co_await wait_for(event.wait(), 2s));
    CO_EXPECT_RAISES(co_await wait_for(sleep(10), 2s), TimeoutError);
}

CO_TEST(WaitFor, of_no_time_for_a_gather_raises_TimeoutError) {
    Future<int> never;
    CO_EXPECT_RAISES(co_await wait_for(gather(never), 0), TimeoutError);
    EXPECT_TRUE(never.cancelled());
}

CO_TEST(WaitFor, keeps_a_lambda_alive_that_is_handed_over_uncalled) {
    const std::string text = "a text that is too long to be stored in place";
    const auto work = [kept = text](double delay) {
        return [kept, delay]() -> Coro<std::string> {
            co_await sleep(delay);
            co_return kept;
        };
    };
    auto waiting = wait_for(work(1), 2);
    EXPECT_EQ(co_await std::move(waiting), text);
    CO_EXPECT_RAISES(co_await wait_for(work(3), 2), TimeoutError);
    CO_EXPECT_RAISES(co_await wait_for(work(3), 0), TimeoutError);
}

} // namespace
} // namespace asyncio::test
