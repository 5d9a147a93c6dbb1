#include "support.hpp"

#ifndef __EMSCRIPTEN__
#include <thread>
#endif

namespace asyncio::test {
namespace {

CO_TEST(CallSoonThreadsafe, calls_in_the_next_turn_in_the_order_of_the_calls) {
    Log log;
    EventLoop& loop = get_running_loop();
    loop.call_soon([&] { log.push_back("soon"); });
    loop.call_soon_threadsafe([&](std::string text) { log.push_back(std::move(text)); }, "threadsafe");
    loop.call_soon([&] { log.push_back("soon again"); });
    EXPECT_EQ(log, Log{});
    co_await turns();
    EXPECT_EQ(log, (Log{"soon", "threadsafe", "soon again"}));
}

CO_TEST(CallSoonThreadsafe, a_handle_keeps_it_from_being_called) {
    bool called = false;
    const ThreadsafeHandle handle = get_running_loop().call_soon_threadsafe([&] { called = true; });
    handle.cancel();
    EXPECT_TRUE(handle.cancelled());
    co_await turns(2);
    EXPECT_FALSE(called);
}

TEST(CallSoonThreadsafe, raises_RuntimeError_when_the_loop_is_closed) {
    const auto loop = new_event_loop();
    loop->close();
    EXPECT_THROW(loop->call_soon_threadsafe([] {}), RuntimeError);
}

TEST(CallSoonThreadsafe, of_a_loop_that_does_not_run_yet_waits_for_it) {
    EventLoop loop(std::make_unique<VirtualClock>());
    loop.call_soon_threadsafe([&] { loop.stop(); });
    loop.run_forever();
}

TEST(CallSoonThreadsafe, closing_the_loop_destroys_what_was_not_called) {
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.call_soon_threadsafe([counted = Counted()] {});
        EXPECT_EQ(Counted::alive, 1);
    }
    EXPECT_EQ(Counted::alive, 0);
}

#ifndef __EMSCRIPTEN__

TEST(CallSoonThreadsafe, wakes_a_loop_that_waits_for_a_thread_of_the_programs_own) {
    const auto main = []() -> Coro<int> {
        Future<int> answer;
        std::jthread thread([&loop = get_running_loop(), answer]() mutable {
            loop.call_soon_threadsafe([answer = std::move(answer)] { answer.set_result(42); });
        });
        co_return co_await answer;
    };
    EXPECT_EQ(run(main()), 42);
}

TEST(CallSoonThreadsafe, loses_nothing_of_many_threads) {
    constexpr int threads = 8;
    constexpr int calls = 500;
    const auto main = []() -> Coro<int> {
        int count = 0;
        Event all;
        std::vector<std::jthread> running;
        for (int i = 0; i < threads; ++i) {
            running.emplace_back([&loop = get_running_loop(), &count, &all] {
                for (int call = 0; call < calls; ++call)
                    loop.call_soon_threadsafe([&] {
                        if (++count == threads * calls) all.set();
                    });
            });
        }
        co_await all.wait();
        co_return count;
    };
    EXPECT_EQ(run(main()), threads * calls);
}

TEST(CallSoonThreadsafe, carries_a_copy_of_the_calling_threads_context) {
    static ContextVar<std::string> name("name", "nobody");
    const auto main = []() -> Coro<std::string> {
        Future<std::string> seen;
        std::jthread thread([&loop = get_running_loop(), seen]() mutable {
            const auto reset = name.set("thread");
            loop.call_soon_threadsafe([seen = std::move(seen)] { seen.set_result(name.get()); });
        });
        co_return co_await seen;
    };
    EXPECT_EQ(run(main()), "thread");
}

TEST(CallSoonThreadsafe, a_deadlock_is_reported_once_no_thread_is_left) {
    const auto main = []() -> Coro<> {
        std::jthread([] {}).join();
        co_await to_thread([] {});
        co_await Future<>();
    };
    EXPECT_THROW(run(main()), DeadlockError);
}

#endif

} // namespace
} // namespace asyncio::test
