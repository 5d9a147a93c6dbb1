#include "support.hpp"

#ifndef __EMSCRIPTEN__ // no threads

#include <atomic>
#include <coroutine>
#include <thread>
#include <vector>

/// Many threads that use one loop at once, and loops in several threads: mainly for ThreadSanitizer.

namespace asyncio::test {
namespace {

constexpr int some_threads = 4;
constexpr int some_calls = 50;

/// Calls `work(number)` on several threads and waits for their end.
template <class F> void on_threads(F work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < some_threads; ++i) threads.emplace_back([&work, i] { work(i); });
    for (std::thread& thread : threads) thread.join();
}

/// Uses every part of a loop in a thread: tasks, timers, primitives, generators, errors.
Coro<int> a_bit_of_everything() {
    Lock lock;
    Queue<int> queue(2);
    int sum = 0;
    const auto take = [&]() -> Coro<> {
        for (int i = 0; i < 5; ++i) {
            const int item = co_await queue.get();
            auto held = co_await lock.scoped();
            sum += item;
        }
    };
    auto taking = gather(take(), take());
    auto numbers = []() -> AsyncGenerator<int> {
        for (int i = 0; i < 10; ++i) {
            co_await sleep(0);
            co_yield i;
        }
    }();
    while (const auto number = co_await numbers.next()) co_await queue.put(*number);
    co_await taking;
    try {
        co_await wait_for(Future<>(), 0.001);
    } catch (const TimeoutError&) {
        ++sum;
    }
    co_return sum;
}

TEST(Threads, each_runs_a_loop_of_its_own) {
    std::atomic<int> total = 0;
    on_threads([&](int) { total += run(a_bit_of_everything()); });
    EXPECT_EQ(total, some_threads * 46);
}

TEST(Threads, a_loop_in_each_thread_of_a_pool) {
    const auto main = []() -> Coro<int> {
        std::vector<Task<int>> tasks;
        for (int i = 0; i < some_threads; ++i)
            tasks.push_back(create_task(to_thread([] { return run(a_bit_of_everything()); })));
        int total = 0;
        for (const int sum : co_await gather(tasks)) total += sum;
        co_return total + co_await a_bit_of_everything();
    };
    EXPECT_EQ(run(main()), (some_threads + 1) * 46);
}

TEST(Threads, two_loops_call_each_other) {
    std::atomic<EventLoop*> other = nullptr;
    std::thread thread([&] {
        run([](std::atomic<EventLoop*>& mine) -> Coro<> {
            mine = &get_running_loop();
            mine.notify_all();
            try {
                co_await Future<>();
            } catch (const CancelledError&) {
            }
        }(other));
    });
    other.wait(nullptr);
    EventLoop& far = *other;
    const auto main = [&]() -> Coro<int> {
        EventLoop& near = get_running_loop();
        const auto there = [&near](int number) -> Coro<int> {
            const auto back = [](int number) -> Coro<int> { co_return number + 1; };
            co_return co_await wrap_future(run_coroutine_threadsafe(back(number), near)) * 2;
        };
        int sum = 0;
        for (int i = 0; i < some_calls; ++i)
            sum += co_await wrap_future(run_coroutine_threadsafe(there(i), far));
        co_return sum;
    };
    EXPECT_EQ(run(main()), some_calls * (some_calls + 1));
    far.call_soon_threadsafe([] {
        for (const AnyTask& task : all_tasks()) task.cancel();
    });
    thread.join();
}

Coro<int> sleeping(double delay, int result) { co_return co_await sleep(delay, result); }

TEST(Threads, cancel_what_a_loop_runs_for_them_while_it_ends) {
    const auto main = []() -> Coro<> {
        EventLoop& loop = get_running_loop();
        std::atomic<int> ended = 0;
        auto calling = create_task(to_thread([&] {
            on_threads([&](int number) {
                for (int i = 0; i < some_calls; ++i) {
                    const auto work = run_coroutine_threadsafe(sleeping(i % 2 == 0 ? 0 : 1000, number), loop);
                    if (i % 2 == 1) work.cancel();
                    try {
                        (void)work.result();
                    } catch (const CancelledError&) {
                    }
                    ++ended;
                }
            });
        }));
        co_await calling;
        EXPECT_EQ(ended, some_threads * some_calls);
    };
    run(main());
}

TEST(Threads, resume_what_awaiters_of_the_programs_own_gave_them) {
    struct FromThread {
        std::vector<std::thread>& threads;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) const {
            threads.emplace_back([handle] { handle.resume(); });
        }
        void await_resume() const noexcept {}
    };
    std::vector<std::thread> threads;
    const auto main = [&]() -> Coro<int> {
        std::vector<Task<int>> tasks;
        for (int i = 0; i < some_threads; ++i)
            tasks.push_back(create_task([&]() -> Coro<int> {
                for (int turn = 0; turn < some_calls; ++turn) co_await FromThread{threads};
                co_return 1;
            }));
        int sum = 0;
        for (const int one : co_await gather(tasks)) sum += one;
        co_return sum;
    };
    EXPECT_EQ(run(main()), some_threads);
    for (std::thread& thread : threads) thread.join();
}

TEST(Threads, cancel_handles_of_calls_that_are_under_way) {
    const auto main = []() -> Coro<> {
        EventLoop& loop = get_running_loop();
        int called = 0;
        co_await to_thread([&] {
            on_threads([&](int) {
                for (int i = 0; i < some_calls; ++i) {
                    const ThreadsafeHandle handle = loop.call_soon_threadsafe([&] { ++called; });
                    if (i % 2 == 0) handle.cancel();
                }
            });
        });
        co_await turns(2);
        EXPECT_GE(called, some_threads * some_calls / 2);
    };
    run(main());
}

TEST(Threads, submit_to_one_executor_and_cancel) {
    ThreadPoolExecutor executor(2);
    std::atomic<int> done = 0;
    on_threads([&](int) {
        for (int i = 0; i < some_calls; ++i) {
            auto work = executor.submit([&] { ++done; });
            if (i % 2 == 0 && work.cancel()) ++done;
            try {
                work.result();
            } catch (const CancelledError&) {
            }
        }
    });
    executor.shutdown();
    EXPECT_EQ(done, some_threads * some_calls);
}

TEST(Threads, errors_and_contexts_cross_with_the_work) {
    ContextVar<int> number("number", 0);
    const auto main = [&]() -> Coro<int> {
        std::vector<Task<int>> tasks;
        for (int i = 0; i < some_threads * 4; ++i) {
            number.set(i);
            tasks.push_back(create_task(to_thread([&]() -> int {
                if (number.get() % 2 == 1) throw ValueError("odd");
                return 1;
            })));
        }
        int sum = 0;
        for (const Outcome<int>& outcome : co_await gather(return_exceptions, tasks))
            sum += outcome ? 1 : 100;
        co_return sum;
    };
    EXPECT_EQ(run(main()), some_threads * 2 * 101);
}

} // namespace
} // namespace asyncio::test

#endif
