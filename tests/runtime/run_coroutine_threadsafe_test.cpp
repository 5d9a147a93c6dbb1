#include "support.hpp"

#include <stdexcept>
#ifndef __EMSCRIPTEN__
#include <thread>
#endif

namespace asyncio::test {
namespace {

Coro<int> add(int a, int b) {
    co_await turns(2);
    co_return a + b;
}

CO_TEST(RunCoroutineThreadsafe, runs_it_as_a_task_of_the_loop) {
    const auto sum = run_coroutine_threadsafe(add(2, 3), get_running_loop());
    EXPECT_FALSE(sum.done());
    EXPECT_EQ(co_await wrap_future(sum), 5);
    EXPECT_EQ(sum.result(), 5);
}

CO_TEST(RunCoroutineThreadsafe, result_on_the_loops_own_thread_is_refused) {
    const auto sum = run_coroutine_threadsafe(add(2, 3), get_running_loop());
    CO_EXPECT_RAISES(sum.result(), RuntimeError);
    co_await wrap_future(sum);
}

CO_TEST(RunCoroutineThreadsafe, cancelled_before_the_task_begins_it_never_does) {
    bool began = false;
    const auto work = run_coroutine_threadsafe(
        [](bool& began, Counted = {}) -> Coro<> {
            began = true;
            co_return;
        }(began),
        get_running_loop());
    EXPECT_TRUE(work.cancel());
    co_await turns(3);
    EXPECT_FALSE(began);
    CO_EXPECT_RAISES(work.result(), CancelledError);
}

CO_TEST(RunCoroutineThreadsafe, cancelling_it_cancels_the_task) {
    bool cleaned = false;
    const auto work = run_coroutine_threadsafe(
        [](bool& cleaned) -> Coro<> {
            try {
                co_await sleep(100);
            } catch (const CancelledError&) {
                cleaned = true;
                throw;
            }
        }(cleaned),
        get_running_loop());
    co_await sleep(1);
    EXPECT_TRUE(work.cancel());
    co_await sleep(1);
    EXPECT_TRUE(cleaned);
    EXPECT_TRUE(work.cancelled());
}

#ifndef __EMSCRIPTEN__

TEST(RunCoroutineThreadsafe, another_thread_blocks_for_its_result) {
    const auto main = []() -> Coro<int> {
        EventLoop& loop = get_running_loop();
        co_return co_await to_thread([&] { return run_coroutine_threadsafe(add(20, 22), loop).result(); });
    };
    EXPECT_EQ(run(main()), 42);
}

Coro<int> broken() {
    co_await turns(1);
    throw std::runtime_error("broken");
}

TEST(RunCoroutineThreadsafe, an_error_crosses_to_the_other_thread) {
    const auto main = []() -> Coro<> {
        EventLoop& loop = get_running_loop();
        co_await to_thread(
            [&] { EXPECT_THROW(run_coroutine_threadsafe(broken(), loop).result(), std::runtime_error); });
    };
    run(main());
}

TEST(RunCoroutineThreadsafe, another_thread_cancels_the_task) {
    const auto main = []() -> Coro<bool> {
        EventLoop& loop = get_running_loop();
        bool cleaned = false;
        Event begun;
        const auto work = [&]() -> Coro<> {
            begun.set();
            try {
                co_await sleep(1000);
            } catch (const CancelledError&) {
                cleaned = true;
                throw;
            }
        };
        const auto handle = run_coroutine_threadsafe(work(), loop);
        co_await begun.wait();
        co_await to_thread([&] { EXPECT_TRUE(handle.cancel()); });
        while (!cleaned) co_await turns(1);
        co_return cleaned;
    };
    EXPECT_TRUE(run(main()));
}

#endif

} // namespace
} // namespace asyncio::test
