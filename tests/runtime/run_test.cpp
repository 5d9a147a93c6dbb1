#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> answer() { co_return 42; }

TEST(Run, gives_what_the_coroutine_returns) { EXPECT_EQ(run_virtual(answer()), 42); }

Coro<std::unique_ptr<int>> owner() {
    co_await sleep(1);
    co_return std::make_unique<int>(7);
}

TEST(Run, gives_a_result_that_can_only_be_moved) { EXPECT_EQ(*run_virtual(owner()), 7); }

Coro<> failing() {
    co_await sleep(0);
    throw std::runtime_error("broken");
}

TEST(Run, raises_what_the_coroutine_raises) { EXPECT_THROW(run_virtual(failing()), std::runtime_error); }

Coro<> cancels_itself() {
    current_task().cancel();
    co_await sleep(0);
}

TEST(Run, raises_CancelledError_when_main_is_cancelled) {
    EXPECT_THROW(run_virtual(cancels_itself()), CancelledError);
}

Coro<> nested() {
    CO_EXPECT_RAISES(run_virtual(answer()), RuntimeError);
    co_return;
}

TEST(Run, refuses_to_run_inside_a_running_loop) { run_virtual(nested()); }

Coro<> note_cleanup(Log& log) {
    try {
        co_await sleep(1000);
    } catch (const CancelledError&) {
    }
    co_await sleep(5);
    log.push_back("cleaned up");
}

Coro<> leave_a_task_behind(Log& log) {
    create_task(note_cleanup(log));
    co_await sleep(1);
    log.push_back("main ends");
}

TEST(Run, cancels_the_tasks_that_are_left_and_waits_for_their_cleanup) {
    Log log;
    run_virtual(leave_a_task_behind(log));
    EXPECT_EQ(log, (Log{"main ends", "cleaned up"}));
}

Coro<> leave_a_task_behind_and_fail(Log& log) {
    co_await leave_a_task_behind(log);
    throw std::runtime_error("main");
}

TEST(Run, cancels_the_tasks_that_are_left_also_when_main_fails) {
    Log log;
    EXPECT_THROW(run_virtual(leave_a_task_behind_and_fail(log)), std::runtime_error);
    EXPECT_EQ(log, (Log{"main ends", "cleaned up"}));
}

Coro<> wait_for_nobody(Counted = {}) {
    Future<> never;
    co_await never;
}

TEST(Run, raises_DeadlockError_when_nothing_can_ever_wake_a_task) {
    try {
        run_virtual(wait_for_nobody());
        FAIL();
    } catch (const DeadlockError& error) {
        EXPECT_NE(std::string(error.what()).find("wait_for_nobody"), std::string::npos) << error.what();
    }
    EXPECT_EQ(Counted::alive, 0);
}

TEST(Run, sets_debug_mode) {
    run_virtual(
        []() -> Coro<> {
            EXPECT_TRUE(get_running_loop().get_debug());
            co_return;
        }(),
        {.debug = true});
}

Coro<> interrupted(Log& log) {
    get_running_loop().call_later(1, [] { interrupt_running_loop(); });
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
        log.push_back("main cleans up");
        throw;
    }
}

TEST(Run, an_interrupt_cancels_main_and_raises_KeyboardInterrupt) {
    Log log;
    EXPECT_THROW(run_virtual(interrupted(log)), KeyboardInterrupt);
    EXPECT_EQ(log, Log{"main cleans up"});
}

Coro<int> swallows_an_interrupt() {
    get_running_loop().call_later(1, [] { interrupt_running_loop(); });
    try {
        co_await sleep(100);
    } catch (const CancelledError&) {
    }
    co_return 3;
}

TEST(Run, an_interrupt_that_main_swallows_lets_it_end_well) {
    EXPECT_EQ(run_virtual(swallows_an_interrupt()), 3);
}

Coro<> ignores_interrupts() {
    get_running_loop().call_later(1, [] { interrupt_running_loop(); });
    get_running_loop().call_later(2, [] { interrupt_running_loop(); });
    for (int i = 0; i < 10; ++i) {
        co_await detail::ResumePoint();
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
        }
    }
}

TEST(Run, a_second_interrupt_stops_even_a_main_that_ignores_the_first) {
    EXPECT_THROW(run_virtual(ignores_interrupts()), KeyboardInterrupt);
}

TEST(Run, an_interrupt_while_nothing_runs_does_nothing) {
    interrupt_running_loop();
    EXPECT_EQ(run_virtual(answer()), 42);
}

RunOptions on_a_virtual_clock() {
    return {.loop_factory = [] { return std::make_unique<EventLoop>(std::make_unique<VirtualClock>()); }};
}

TEST(Runner, runs_one_coroutine_after_the_other_on_one_loop) {
    Runner runner(on_a_virtual_clock());
    EventLoop& loop = runner.get_loop();
    std::optional<Task<int>> left;
    runner.run([](std::optional<Task<int>>& left) -> Coro<> {
        left = create_task([]() -> Coro<int> {
            co_await sleep(5);
            co_return 1;
        });
        co_await sleep(1);
    }(left));
    EXPECT_FALSE(left->done());
    EXPECT_EQ(runner.run([](Task<int> left) -> Coro<int> { co_return co_await left; }(*left)), 1);
    EXPECT_EQ(loop.time(), 5);
    EXPECT_EQ(&runner.get_loop(), &loop);
}

TEST(Runner, closing_cancels_what_is_left_and_is_final) {
    Log log;
    Runner runner(on_a_virtual_clock());
    runner.run(leave_a_task_behind(log));
    EXPECT_EQ(log, Log{"main ends"});
    runner.close();
    EXPECT_EQ(log, (Log{"main ends", "cleaned up"}));
    runner.close();
    EXPECT_THROW(runner.get_loop(), RuntimeError);
    EXPECT_THROW(runner.run(answer()), RuntimeError);
}

TEST(Runner, closes_when_it_is_destroyed) {
    Log log;
    {
        Runner runner(on_a_virtual_clock());
        runner.run(leave_a_task_behind(log));
    }
    EXPECT_EQ(log, (Log{"main ends", "cleaned up"}));
}

Coro<> stops_the_loop_in_its_cleanup() {
    try {
        co_await sleep(1000);
    } catch (const CancelledError&) {
        get_running_loop().stop();
    }
    co_await sleep(1);
}

Coro<> leave_behind(Coro<> (*job)()) {
    create_task(job());
    co_await sleep(1);
}

TEST(Runner, says_on_stderr_what_keeps_it_from_closing_when_it_is_destroyed) {
    const ReportsOnStderr here;
    testing::internal::CaptureStderr();
    {
        Runner runner(on_a_virtual_clock());
        runner.run(leave_behind(stops_the_loop_in_its_cleanup));
    }
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_TRUE(said.starts_with("closing a Runner failed\n  RuntimeError: the event loop stopped")) << said;
}

TEST(Runner, goes_on_after_a_coroutine_that_failed) {
    Runner runner(on_a_virtual_clock());
    EXPECT_THROW(runner.run(failing()), std::runtime_error);
    EXPECT_EQ(runner.run(answer()), 42);
}

TEST(Run, takes_anything_that_can_be_awaited) {
    EXPECT_EQ(run(sleep(0, 5)), 5);
    Runner runner;
    EXPECT_EQ(runner.run(sleep(0, std::string("text"))), "text");
}

} // namespace
} // namespace asyncio::test
