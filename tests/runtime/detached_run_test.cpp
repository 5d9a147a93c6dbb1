#include "support.hpp"

#include <asyncio/detail/error_of.hpp>
#include <asyncio/detail/finally.hpp>

#include <stdexcept>

#ifndef __EMSCRIPTEN__ // each run needs its own thread; the browser tests do the same in the page
#include <thread>

/// run() where the platform cannot block: it unwinds the stack, and the platform pumps the loop.

namespace asyncio::test {
namespace {

struct LeftTheStack {};

/// Never blocks. Unwinds the stack with a throw, so that a test can observe what happens afterwards.
class PumpedBackend final : public VirtualClock {
public:
    bool can_block() const override { return false; }
    [[noreturn]] void run_detached(std::unique_ptr<EventLoop> loop) override {
        // As in the page the loop lives until the program ends.
        loops().push_back(loop.release());
        throw LeftTheStack();
    }
    static EventLoop& last() { return *loops().back(); }

private:
    // Never destroyed, so that the leak check can see the owner of the loops.
    static std::vector<EventLoop*>& loops() {
        static auto* all = new std::vector<EventLoop*>();
        return *all;
    }
};

RunOptions pumped() {
    return {.loop_factory = [] { return std::make_unique<EventLoop>(std::make_unique<PumpedBackend>()); }};
}

/// Pumps the loop like the page until it ends; returns the error of the program, if any.
std::exception_ptr pump() {
    EventLoop& loop = PumpedBackend::last();
    for (;;) {
        const std::optional<double> next = loop.run_ready();
        if (loop.stopped()) break;
        EXPECT_TRUE(next);
        loop.backend().wait(loop, next);
    }
    try {
        loop.finish_detached();
    } catch (...) {
        return std::current_exception();
    }
    return nullptr;
}

/// Runs on a new thread, since the running loop of a thread never changes afterwards.
std::exception_ptr run_pumped(Coro<> main) {
    std::exception_ptr error;
    std::thread([&] {
        EXPECT_THROW(run(std::move(main), pumped()), LeftTheStack);
        error = pump();
    }).join();
    return error;
}

Coro<> note_cleanup(Log& log) {
    const detail::Finally noted([&] { log.push_back("task cleaned up"); });
    co_await sleep(1000);
}

AsyncGenerator<int> endless(Log& log) {
    const detail::Finally noted([&] { log.push_back("generator cleaned up"); });
    for (int i = 0;; ++i) co_yield i;
}

Coro<> leaves_things_behind(Log& log, AsyncGenerator<int>& generator) {
    create_task(note_cleanup(log));
    co_await generator.next();
    co_await sleep(5);
    log.push_back("main ends");
}

TEST(DetachedRun, runs_main_and_then_cleans_up_what_is_left) {
    Log log;
    auto generator = endless(log);
    EXPECT_FALSE(run_pumped(leaves_things_behind(log, generator)));
    EXPECT_EQ(log, (Log{"main ends", "task cleaned up", "generator cleaned up"}));
    EXPECT_EQ(PumpedBackend::last().time(), 5);
}

Coro<> fails(Log& log) {
    create_task(note_cleanup(log));
    co_await sleep(1);
    throw std::runtime_error("broken");
}

TEST(DetachedRun, raises_at_its_end_what_main_raised) {
    Log log;
    EXPECT_EQ(describe(run_pumped(fails(log))), "std::runtime_error: broken");
    EXPECT_EQ(log, Log{"task cleaned up"});
}

Coro<> waits_for_nobody() {
    Event never;
    co_await never.wait();
}

TEST(DetachedRun, raises_DeadlockError_when_nothing_can_wake_it) {
    const std::exception_ptr error = run_pumped(waits_for_nobody());
    EXPECT_TRUE(describe(error).starts_with("DeadlockError: deadlock: nothing is ready")) << describe(error);
}

Coro<> interrupted(Log& log) {
    const detail::Finally noted([&] { log.push_back("main cleaned up"); });
    get_running_loop().call_later(1, [] { interrupt_running_loop(); });
    co_await sleep(100);
}

TEST(DetachedRun, an_interrupt_cancels_main) {
    Log log;
    EXPECT_EQ(describe(run_pumped(interrupted(log))), "CancelledError");
    EXPECT_EQ(log, Log{"main cleaned up"});
    EXPECT_EQ(PumpedBackend::last().time(), 1);
}

Coro<> stubborn() {
    get_running_loop().call_later(1, [] { interrupt_running_loop(); });
    get_running_loop().call_later(2, [] { interrupt_running_loop(); });
    for (int i = 0; i < 10; ++i) co_await detail::error_of(sleep(100));
}

TEST(DetachedRun, a_second_interrupt_ends_a_main_that_goes_on) {
    EXPECT_EQ(describe(run_pumped(stubborn())), "KeyboardInterrupt");
    EXPECT_EQ(PumpedBackend::last().time(), 2);
}

TEST(DetachedRun, a_Runner_says_that_it_cannot_block) {
    Runner runner(pumped());
    try {
        runner.run(waits_for_nobody());
        ADD_FAILURE() << "it ran";
    } catch (const RuntimeError& error) {
        EXPECT_TRUE(std::string_view(error.what()).contains("call asyncio::run()")) << error.what();
    }
}

} // namespace
} // namespace asyncio::test
#endif
