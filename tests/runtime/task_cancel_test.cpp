#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<> sleep_long(Log& log, Counted = {}) {
    try {
        co_await sleep(100);
        log.push_back("slept");
    } catch (const CancelledError& error) {
        log.push_back("cancelled " + error.message());
        throw;
    }
}

CO_TEST(TaskCancel, raises_CancelledError_at_the_await_in_the_next_turn) {
    Log log;
    auto task = create_task(sleep_long(log));
    co_await sleep(1);
    EXPECT_TRUE(task.cancel("by hand"));
    EXPECT_TRUE(log.empty());
    EXPECT_FALSE(task.cancelled());
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, Log{"cancelled by hand"});
    EXPECT_TRUE(task.cancelled());
    EXPECT_EQ(get_running_loop().time(), 1);
}

CO_TEST(TaskCancel, before_its_first_step_never_runs_its_body) {
    Log log;
    auto task = create_task(sleep_long(log));
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_TRUE(log.empty());
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(TaskCancel, of_a_done_task_does_nothing) {
    auto task = create_task([]() -> Coro<int> { co_return 1; });
    co_await task;
    EXPECT_FALSE(task.cancel());
    EXPECT_FALSE(task.cancelled());
    EXPECT_EQ(task.result(), 1);
}

CO_TEST(TaskCancel, the_error_that_ended_the_task_reaches_the_first_who_awaits_it) {
    Log log;
    auto task = create_task(sleep_long(log));
    co_await sleep(0);
    task.cancel("why");
    try {
        co_await task;
        ADD_FAILURE();
    } catch (const CancelledError& error) {
        EXPECT_EQ(error.message(), "why");
    }
    try {
        co_await task;
        ADD_FAILURE();
    } catch (const CancelledError& error) {
        EXPECT_EQ(error.message(), ""); // as in Python
    }
}

CO_TEST(TaskCancel, before_its_first_step_keeps_its_message) {
    Log log;
    auto task = create_task(sleep_long(log));
    task.cancel("never mind");
    try {
        co_await task;
        ADD_FAILURE();
    } catch (const CancelledError& error) {
        EXPECT_EQ(error.message(), "never mind");
    }
}

CO_TEST(TaskCancel, that_is_swallowed_leaves_the_task_running) {
    auto task = create_task([]() -> Coro<int> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
        }
        co_await sleep(5);
        co_return 3;
    });
    co_await sleep(1);
    task.cancel();
    EXPECT_EQ(co_await task, 3);
    EXPECT_FALSE(task.cancelled());
    EXPECT_EQ(task.cancelling(), 1u);
    EXPECT_EQ(get_running_loop().time(), 6);
}

CO_TEST(TaskCancel, is_not_swallowed_by_a_handler_of_std_exception) {
    auto task = create_task([]() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const std::exception&) {
            ADD_FAILURE() << "CancelledError is no std::exception";
        }
    });
    co_await sleep(0);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(TaskCancel, raised_as_another_error_ends_the_task_with_that_error) {
    auto task = create_task([]() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            throw std::runtime_error("cleanup failed");
        }
    });
    co_await sleep(0);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, std::runtime_error);
    EXPECT_FALSE(task.cancelled());
}

CO_TEST(TaskCancel, goes_through_the_chain_of_awaited_tasks) {
    Log log;
    auto inner = create_task(sleep_long(log));
    auto outer = create_task([&]() -> Coro<> { co_await inner; });
    co_await sleep(0);
    outer.cancel();
    CO_EXPECT_RAISES(co_await outer, CancelledError);
    EXPECT_TRUE(inner.cancelled());
    EXPECT_EQ(log, Log{"cancelled "});
}

CO_TEST(TaskCancel, that_comes_as_the_awaited_future_is_done_is_raised_all_the_same) {
    Future<int> future;
    auto task = create_task([&]() -> Coro<> {
        co_await future;
        ADD_FAILURE() << "the cancel is lost";
    });
    co_await sleep(0);
    future.set_result(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_FALSE(future.cancelled());
}

CO_TEST(TaskCancel, of_oneself_is_raised_at_the_next_await) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        current_task().cancel();
        log.push_back("goes on");
        co_await sleep(1);
        log.push_back("not reached");
    });
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, Log{"goes on"});
    EXPECT_EQ(get_running_loop().time(), 0);
}

CO_TEST(TaskCancel, of_oneself_in_the_last_step_makes_the_task_cancelled) {
    auto task = create_task([]() -> Coro<int> {
        current_task().cancel("too late");
        co_return 1;
    });
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_TRUE(task.cancelled());
}

CO_TEST(TaskCancel, a_task_that_raises_CancelledError_itself_is_cancelled) {
    auto task = create_task([]() -> Coro<> {
        throw CancelledError("own");
        co_return;
    });
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_TRUE(task.cancelled());
    EXPECT_EQ(task.cancelling(), 0u);
}

CO_TEST(TaskCancel, is_counted_by_cancelling_and_taken_back_by_uncancel) {
    Log log;
    auto task = create_task(sleep_long(log));
    EXPECT_EQ(task.cancelling(), 0u);
    EXPECT_EQ(task.uncancel(), 0u);
    co_await sleep(0);
    task.cancel();
    task.cancel();
    EXPECT_EQ(task.cancelling(), 2u);
    EXPECT_EQ(task.uncancel(), 1u);
    EXPECT_EQ(task.uncancel(), 0u);
    CO_EXPECT_RAISES(co_await task, CancelledError); // the await it was suspended at was already cancelled
}

CO_TEST(TaskCancel, uncancel_to_zero_clears_a_cancel_not_yet_delivered) {
    auto task = create_task([]() -> Coro<int> {
        current_task().cancel();
        EXPECT_EQ(current_task().uncancel(), 0u);
        co_await sleep(1);
        co_return 5;
    });
    EXPECT_EQ(co_await task, 5);
    EXPECT_FALSE(task.cancelled());
}

CO_TEST(TaskCancel, uncancel_above_zero_keeps_the_cancel) {
    auto task = create_task([]() -> Coro<> {
        current_task().cancel();
        current_task().cancel();
        EXPECT_EQ(current_task().uncancel(), 1u);
        co_await sleep(1);
    });
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(TaskCancel, in_cleanup_interrupts_the_cleanup) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            log.push_back("cleanup");
        }
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            log.push_back("again");
            throw;
        }
    });
    co_await sleep(0);
    task.cancel();
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, (Log{"cleanup", "again"}));
}

CO_TEST(TaskCancel, frees_a_deep_chain_of_coroutines_from_the_inside_out) {
    Log log;
    struct Deep {
        static Coro<> descend(int depth, Log& log) {
            struct Leaving {
                Log& log;
                int depth;
                ~Leaving() { log.push_back(std::to_string(depth)); }
            } leaving{log, depth};
            if (depth > 0) co_await descend(depth - 1, log);
            co_await sleep(100);
        }
    };
    auto task = create_task(Deep::descend(3, log));
    co_await sleep(0);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, (Log{"0", "1", "2", "3"}));
}

/// The message with which awaiting `future` raises CancelledError.
template <class F> Coro<std::string> cancel_message_of(F future) {
    try {
        co_await future;
    } catch (const CancelledError& error) {
        co_return error.message();
    }
    co_return "(not cancelled)";
}

CO_TEST(TaskCancel, before_its_first_step_gives_its_message_to_the_first_who_awaits_it) {
    auto task = create_task([]() -> Coro<> { co_return; });
    task.cancel("stop");
    EXPECT_EQ(co_await cancel_message_of(task), "stop");
    EXPECT_EQ(co_await cancel_message_of(task), "");
}

CO_TEST(TaskCancel, a_second_time_before_it_is_raised_keeps_the_first_message) {
    Future<> awaited;
    auto task = create_task(cancel_message_of(awaited));
    co_await sleep(0);
    task.cancel("first");
    task.cancel("second");
    EXPECT_EQ(co_await task, "first");
}

CO_TEST(TaskCancel, that_hides_the_error_of_the_awaited_future_has_seen_it) {
    const Reports reports;
    {
        Future<> awaited;
        auto task = create_task(cancel_message_of(awaited));
        co_await sleep(0);
        awaited.set_exception(ValueError("hidden"));
        task.cancel("stop");
        EXPECT_EQ(co_await task, "stop");
    }
    EXPECT_EQ(reports.messages(), Log());
}

CO_TEST(TaskCancel, of_tasks_that_wait_for_each_other_raises_RuntimeError) {
    const Reports destroyed_pending;
    std::optional<Task<>> second;
    auto first = create_task([&]() -> Coro<> {
        co_await sleep(0);
        co_await *second;
    });
    second = create_task([&]() -> Coro<> { co_await first; });
    co_await turns(3);
    CO_EXPECT_RAISES(first.cancel(), RuntimeError);
    EXPECT_FALSE(first.done());
    // They end only with the loop: the objects they refer to must outlive them.
    first.ref()->as_task()->abandon({});
    second->ref()->as_task()->abandon({});
}

} // namespace
} // namespace asyncio::test
