#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> answer() {
    co_return 42;
}

TEST(Run, gives_what_the_coroutine_returns) {
    EXPECT_EQ(run_virtual(answer()), 42);
}

Coro<std::unique_ptr<int>> owner() {
    co_await sleep(1);
    co_return std::make_unique<int>(7);
}

TEST(Run, gives_a_result_that_can_only_be_moved) {
    EXPECT_EQ(*run_virtual(owner()), 7);
}

Coro<> failing() {
    co_await sleep(0);
    throw std::runtime_error("broken");
}

TEST(Run, raises_what_the_coroutine_raises) {
    EXPECT_THROW(run_virtual(failing()), std::runtime_error);
}

Coro<> nested() {
    CO_EXPECT_RAISES(run_virtual(answer()), RuntimeError);
    co_return;
}

TEST(Run, refuses_to_run_inside_a_running_loop) {
    run_virtual(nested());
}

Coro<> note_cleanup(Log& log) {
    try {
        co_await sleep(1000);
    } catch (const CancelledError&) {
        log.push_back("cancelled");
        throw;
    }
}

Coro<> leave_a_task_behind(Log& log) {
    create_task(note_cleanup(log));
    co_await sleep(1);
    log.push_back("main ends");
}

TEST(Run, cancels_the_tasks_that_are_left_and_waits_for_them) {
    Log log;
    run_virtual(leave_a_task_behind(log));
    EXPECT_EQ(log, (Log{"main ends", "cancelled"}));
}

Coro<> wait_for_nobody() {
    Future<> never;
    co_await never;
}

TEST(Run, raises_DeadlockError_when_nothing_can_ever_wake_a_task) {
    EXPECT_THROW(run_virtual(wait_for_nobody()), DeadlockError);
}

} // namespace
} // namespace asyncio::test
