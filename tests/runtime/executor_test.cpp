#include "support.hpp"

#include <asyncio/detail/error_of.hpp>

#include <array>
#include <atomic>
#include <stdexcept>
#ifndef __EMSCRIPTEN__
#include <latch>
#include <thread>
#endif

/// On the wasm build, which has no threads here, the work runs on the loop, with the same expected results.

namespace asyncio::test {
namespace {

int square(int number) { return number * number; }

Coro<int> in_the_default_executor() {
    co_return co_await get_running_loop().run_in_executor(nullptr, square, 7);
}
TEST(Executor, run_in_executor_gives_what_the_function_returns) {
    EXPECT_EQ(run(in_the_default_executor()), 49);
}

TEST(Executor, map_gives_results_in_the_order_of_the_elements) {
    ThreadPoolExecutor pool(2);
    std::vector<int> squares;
    for (const int result : pool.map(square, std::array{1, 2, 3})) squares.push_back(result);
    EXPECT_EQ(squares, (std::vector{1, 4, 9}));
    const std::vector<std::string> names{"a", "b", "c"};
    std::vector<std::string> joined;
    const auto join = [](const std::string& name, int number) { return name + std::to_string(number); };
    for (const std::string& result : pool.map(join, names, std::vector{1, 2})) joined.push_back(result);
    EXPECT_EQ(joined, (std::vector<std::string>{"a1", "b2"}));
    std::vector<std::unique_ptr<int>> owners;
    owners.push_back(std::make_unique<int>(5));
    const auto look = [](const std::unique_ptr<int>& owner) { return *owner; };
    for (const int result : pool.map(look, std::move(owners))) EXPECT_EQ(result, 5);
}

TEST(Executor, map_raises_the_error_of_an_element_at_its_turn) {
    ThreadPoolExecutor pool(1);
    std::vector<int> given;
    const auto check = [](int number) {
        if (number == 2) throw ValueError("two");
        return number;
    };
    const auto all = [&] {
        for (const int result : pool.map(check, std::vector{1, 2, 3})) given.push_back(result);
    };
    EXPECT_THROW(all(), ValueError);
    EXPECT_EQ(given, std::vector{1});
}

TEST(Executor, run_in_executor_takes_an_executor) {
    ThreadPoolExecutor pool(2);
    EXPECT_EQ(pool.max_workers(), 2);
    const auto main = [&]() -> Coro<int> {
        EventLoop& loop = get_running_loop();
        const int squared = co_await loop.run_in_executor(pool, square, 3);
        co_return co_await loop.run_in_executor(&pool, square, squared);
    };
    EXPECT_EQ(run(main()), 81);
}

TEST(Executor, needs_one_thread_at_least) { EXPECT_THROW(ThreadPoolExecutor(0), ValueError); }

TEST(Executor, an_error_crosses_back) {
    const auto main = []() -> Coro<> { co_await to_thread([] { throw std::runtime_error("broken"); }); };
    try {
        run(main());
        ADD_FAILURE() << "nothing raised";
    } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "broken");
    }
}

TEST(Executor, a_result_that_can_only_be_moved_crosses_back) {
    const auto main = []() -> Coro<std::unique_ptr<int>> {
        co_return co_await to_thread([](std::unique_ptr<int> number) { return number; },
                                     std::make_unique<int>(5));
    };
    EXPECT_EQ(*run(main()), 5);
}

TEST(Executor, work_is_done_in_the_order_of_submit) {
    Log log;
    const auto main = [&]() -> Coro<> {
        ThreadPoolExecutor one(1);
        std::vector<Future<>> all;
        for (const char* name : {"a", "b", "c"})
            all.push_back(get_running_loop().run_in_executor(one, [&log, name] { log.push_back(name); }));
        co_await gather(all);
    };
    run(main());
    EXPECT_EQ(log, (Log{"a", "b", "c"}));
}

TEST(Executor, work_has_no_loop_and_no_task) {
    const auto main = []() -> Coro<> {
        co_await to_thread([] {
            EXPECT_THROW(get_running_loop(), RuntimeError);
            EXPECT_THROW(current_task(), RuntimeError);
        });
        EXPECT_NO_THROW(current_task());
    };
    run(main());
}

TEST(Executor, work_may_run_a_loop_of_its_own) {
    const auto inner = []() -> Coro<int> {
        co_await sleep(0.001);
        co_return 3;
    };
    const auto main = [&]() -> Coro<int> { co_return co_await to_thread([&] { return run(inner()); }); };
    EXPECT_EQ(run(main()), 3);
}

TEST(Executor, to_thread_copies_the_context_of_its_caller) {
    static ContextVar<int> number("number", 0);
    const auto main = []() -> Coro<> {
        number.set(1);
        const int seen = co_await to_thread([] {
            const int before = number.get();
            number.set(2);
            return before;
        });
        EXPECT_EQ(seen, 1);
        EXPECT_EQ(number.get(), 1);
        EXPECT_EQ(co_await get_running_loop().run_in_executor(nullptr, [] { return number.get(); }), 0);
    };
    run(main());
}

TEST(Executor, to_thread_does_nothing_until_it_is_awaited) {
    bool called = false;
    const auto main = [&]() -> Coro<> {
        Coro<> work = to_thread([&] { called = true; });
        co_await turns(3);
        EXPECT_FALSE(called);
        co_await std::move(work);
        EXPECT_TRUE(called);
    };
    run(main());
}

TEST(Executor, work_that_is_cancelled_before_it_begins_never_does) {
    std::atomic<bool> called = false;
    const auto main = [&]() -> Coro<> {
        ThreadPoolExecutor one(1);
#ifndef __EMSCRIPTEN__
        std::latch go(1);
        auto first = get_running_loop().run_in_executor(one, [&] { go.wait(); });
#else
        auto first = get_running_loop().run_in_executor(one, [] {});
#endif
        auto second = get_running_loop().run_in_executor(one, [&, counted = Counted()] { called = true; });
        second.cancel();
        CO_EXPECT_RAISES(co_await second, CancelledError);
        // The executor is notified in the next turn.
        co_await turns(1);
#ifndef __EMSCRIPTEN__
        go.count_down();
#endif
        co_await first;
    };
    run(main());
    EXPECT_FALSE(called);
    EXPECT_EQ(Counted::alive, 0);
}

TEST(Executor, run_waits_at_its_end_for_what_the_default_executor_was_given) {
    std::atomic<int> done = 0;
    const auto main = [&]() -> Coro<> {
        for (int i = 0; i < 5; ++i) {
            auto work = get_running_loop().run_in_executor(nullptr, [&] { ++done; });
            (void)work;
        }
        co_return;
    };
    run(main());
    EXPECT_EQ(done, 5);
}

TEST(Executor, the_default_executor_takes_nothing_after_its_shutdown) {
    const auto main = []() -> Coro<> {
        EXPECT_EQ(co_await to_thread(square, 2), 4);
        co_await get_running_loop().shutdown_default_executor();
        CO_EXPECT_RAISES(co_await to_thread(square, 2), RuntimeError);
    };
    run(main());
}

TEST(Executor, set_default_executor_is_what_to_thread_takes) {
    const auto pool = std::make_shared<ThreadPoolExecutor>(1);
    const auto main = [&]() -> Coro<> {
        EXPECT_THROW(get_running_loop().set_default_executor(nullptr), ValueError);
        get_running_loop().set_default_executor(pool);
        co_await to_thread(square, 2);
    };
    run(main());
    EXPECT_THROW((void)pool->submit(square, 1), RuntimeError) << "run() has shut it down";
}

TEST(Executor, submit_gives_the_result_and_the_error_to_who_blocks) {
    ThreadPoolExecutor pool(1);
    const auto good = pool.submit(square, 4);
    EXPECT_EQ(good.result(), 16);
    EXPECT_TRUE(good.done());
    EXPECT_EQ(good.exception(), nullptr);
    EXPECT_FALSE(good.cancel());
    const auto bad = pool.submit([]() -> int { throw std::runtime_error("broken"); });
    EXPECT_THROW(bad.result(), std::runtime_error);
    EXPECT_EQ(describe(bad.exception()), "std::runtime_error: broken");
}

TEST(Executor, a_done_callback_is_called_once) {
    std::atomic<int> calls = 0;
    {
        ThreadPoolExecutor pool(1);
        const auto work = pool.submit(square, 4);
        work.add_done_callback([&](const ConcurrentFuture<int>& done) { calls += done.result(); });
        EXPECT_EQ(work.result(), 16);
    }
    EXPECT_EQ(calls, 16);
}

TEST(Executor, shutdown_waits_and_takes_nothing_more) {
    ThreadPoolExecutor pool(1);
    const auto work = pool.submit(square, 4);
    pool.shutdown();
    EXPECT_TRUE(work.done());
    EXPECT_THROW((void)pool.submit(square, 1), RuntimeError);
    pool.shutdown();
}

TEST(Executor, work_and_its_arguments_are_destroyed_before_the_result_is_heard_of) {
    // A thread frees them: unlike Counted, a shared_ptr may be released on another thread.
    const auto main = []() -> Coro<> {
        auto held = std::make_shared<int>();
        auto argument = std::make_shared<int>();
        const std::weak_ptr<int> of_work = held;
        const std::weak_ptr<int> of_argument = argument;
        co_await to_thread([held = std::move(held)](const std::shared_ptr<int>&) {}, std::move(argument));
        EXPECT_TRUE(of_work.expired());
        EXPECT_TRUE(of_argument.expired());
    };
    run(main());
}

TEST(Executor, runs_on_a_virtual_clock_too) {
    const auto main = []() -> Coro<int> { co_return co_await to_thread(square, 9); };
    EXPECT_EQ(run_virtual(main()), 81);
}

#ifdef __EMSCRIPTEN__

TEST(ExecutorWithoutThreads, the_loop_turns_between_two_pieces_of_work) {
    Log log;
    const auto main = [&]() -> Coro<> {
        EventLoop& loop = get_running_loop();
        auto first = loop.run_in_executor(nullptr, [&] { log.push_back("first"); });
        auto second = loop.run_in_executor(nullptr, [&] { log.push_back("second"); });
        co_await turns(1);
        log.push_back("turn");
        co_await gather(first, second);
    };
    run_virtual(main());
    EXPECT_EQ(log, (Log{"first", "turn", "second"}));
}

TEST(ExecutorWithoutThreads, a_wait_that_nothing_can_end_is_refused) {
    const auto main = []() -> Coro<> {
        EventLoop& loop = get_running_loop();
        CO_EXPECT_RAISES(co_await to_thread([&] {
                             auto nothing = []() -> Coro<> { co_return; };
                             run_coroutine_threadsafe(nothing(), loop).result();
                         }),
                         RuntimeError);
        co_await turns(2);
    };
    run_virtual(main());
}

#else

TEST(Executor, a_wait_that_is_cancelled_does_not_end_the_thread) {
    std::atomic<bool> ended = false;
    const auto main = [&]() -> Coro<> {
        std::latch begun(1);
        std::latch go(1);
        Task<> waits = create_task(to_thread([&] {
            begun.count_down();
            go.wait();
            ended = true;
        }));
        co_await turns(1);
        begun.wait();
        waits.cancel();
        CO_EXPECT_RAISES(co_await waits, CancelledError);
        EXPECT_FALSE(ended);
        go.count_down();
        co_await get_running_loop().shutdown_default_executor();
    };
    run(main());
    EXPECT_TRUE(ended);
}

TEST(Executor, threads_run_beside_each_other_and_the_loop) {
    const auto main = []() -> Coro<> {
        ThreadPoolExecutor pool(2);
        std::latch both(2);
        const auto meet = [&both] { both.arrive_and_wait(); };
        co_await gather(get_running_loop().run_in_executor(pool, meet),
                        get_running_loop().run_in_executor(pool, meet));
    };
    run(main());
}

TEST(Executor, result_raises_TimeoutError_and_the_work_goes_on) {
    ThreadPoolExecutor pool(1);
    std::latch go(1);
    const auto work = pool.submit([&] {
        go.wait();
        return 1;
    });
    EXPECT_THROW(work.result(0.001), TimeoutError);
    go.count_down();
    EXPECT_EQ(work.result(), 1);
}

TEST(Executor, shutdown_can_cancel_what_has_not_begun) {
    ThreadPoolExecutor pool(1);
    std::latch begun(1);
    std::latch go(1);
    const auto first = pool.submit([&] {
        begun.count_down();
        go.wait();
    });
    const auto second = pool.submit(square, 1);
    begun.wait();
    EXPECT_TRUE(first.running());
    pool.shutdown({.wait = false, .cancel_futures = true});
    EXPECT_TRUE(second.cancelled());
    EXPECT_THROW(second.result(), CancelledError);
    go.count_down();
    pool.shutdown();
    EXPECT_NO_THROW(first.result());
}

TEST(Executor, shutdown_default_executor_reports_a_timeout) {
    std::latch go(1);
    const auto main = [&]() -> Coro<> {
        const Reports reports;
        auto work = get_running_loop().run_in_executor(nullptr, [&] { go.wait(); });
        co_await get_running_loop().shutdown_default_executor(0.001);
        EXPECT_EQ(reports.messages(), Log{"The executor did not finish its work within the timeout"});
        go.count_down();
        co_await work;
    };
    run(main());
}

TEST(Executor, two_loops_wait_for_the_end_of_one_they_share) {
    const auto shared = std::make_shared<ThreadPoolExecutor>(2);
    std::latch submitted(2);
    std::latch go(1);
    std::atomic<int> done = 0;
    const auto uses = [&] {
        return std::thread([&] {
            EXPECT_EQ(run([&]() -> Coro<int> {
                          EventLoop& loop = get_running_loop();
                          loop.set_default_executor(shared);
                          auto work = loop.run_in_executor(nullptr, [&] {
                              go.wait();
                              ++done;
                          });
                          submitted.arrive_and_wait();
                          co_return 1;
                      }()),
                      1);
            EXPECT_EQ(done, 2);
        });
    };
    std::thread first = uses();
    std::thread second = uses();
    go.count_down();
    first.join();
    second.join();
}

TEST(Executor, many_pieces_of_work_come_back_each_with_its_own_result) {
    const auto main = []() -> Coro<> {
        std::vector<Coro<int>> all;
        for (int i = 0; i < 500; ++i) all.push_back(to_thread(square, i));
        const std::vector<int> squares = co_await gather(std::move(all));
        for (int i = 0; i < 500; ++i) EXPECT_EQ(squares[static_cast<std::size_t>(i)], i * i);
    };
    run(main());
}

#endif

} // namespace
} // namespace asyncio::test
