#include "support.hpp"

#include <algorithm>
#include <functional>
#include <set>

namespace asyncio::test {
namespace {

constexpr std::uint32_t seeds = 50;

/// The distinct logs of a program over many seeds.
std::set<Log> logs_of(const std::function<Coro<>(Log&)>& program) {
    std::set<Log> logs;
    for (std::uint32_t seed = 0; seed < seeds; ++seed) {
        Log log;
        run_virtual(program(log), {.seed = seed});
        logs.insert(log);
    }
    return logs;
}

Coro<> say(Log& log, std::string what, double delay = 0) {
    co_await sleep(delay);
    log.push_back(std::move(what));
}

Coro<> three_tasks(Log& log) { co_await gather(say(log, "a", 1), say(log, "b", 1), say(log, "c", 1)); }

TEST(Order, without_a_seed_is_asyncios) {
    Log log;
    run_virtual(three_tasks(log));
    EXPECT_EQ(log, (Log{"a", "b", "c"}));
}

TEST(Order, of_tasks_ready_in_one_turn_is_any) { EXPECT_EQ(logs_of(three_tasks).size(), 6u); }

TEST(Order, of_the_same_seed_is_the_same) {
    for (std::uint32_t seed = 0; seed < seeds; ++seed) {
        Log once;
        Log again;
        run_virtual(three_tasks(once), {.seed = seed});
        run_virtual(three_tasks(again), {.seed = seed});
        EXPECT_EQ(once, again);
    }
}

TEST(Order, of_different_times_stays) {
    const auto program = [](Log& log) -> Coro<> {
        co_await gather(say(log, "b", 2), say(log, "a", 1), say(log, "c", 3));
    };
    EXPECT_EQ(logs_of(program), (std::set<Log>{{"a", "b", "c"}}));
}

TEST(Order, of_call_soon_stays) {
    const auto program = [](Log& log) -> Coro<> {
        auto task = create_task(sleep(0));
        for (int i = 0; i < 5; ++i)
            get_running_loop().call_soon([&log, i] { log.push_back(std::to_string(i)); });
        co_await task;
        co_await turns(1);
    };
    EXPECT_EQ(logs_of(program), (std::set<Log>{{"0", "1", "2", "3", "4"}}));
}

TEST(Order, of_timers_due_at_the_same_moment_is_any) {
    const auto program = [](Log& log) -> Coro<> {
        for (const char* name : {"a", "b", "c"})
            get_running_loop().call_at(5, [&log, name] { log.emplace_back(name); });
        get_running_loop().call_at(4, [&log] { log.emplace_back("before"); });
        co_await sleep(10);
    };
    const std::set<Log> logs = logs_of(program);
    EXPECT_EQ(logs.size(), 6u);
    for (const Log& log : logs) EXPECT_EQ(log.front(), "before");
}

TEST(Order, in_which_a_lock_is_given_is_that_of_asking) {
    const auto program = [](Log& log) -> Coro<> {
        Lock lock;
        std::vector<Task<>> tasks;
        co_await lock.acquire();
        for (const char* name : {"a", "b", "c"}) {
            tasks.push_back(create_task([&log, &lock, name]() -> Coro<> {
                auto held = co_await lock.scoped();
                log.emplace_back(name);
            }));
            co_await turns(2); // asks before the next one does
        }
        lock.release();
        co_await gather(tasks);
    };
    EXPECT_EQ(logs_of(program), (std::set<Log>{{"a", "b", "c"}}));
}

TEST(Order, in_which_a_queue_and_a_semaphore_serve_many_at_once_is_that_of_asking) {
    const auto program = [](Log& log) -> Coro<> {
        Queue<int> queue;
        Semaphore semaphore(0);
        std::vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c"}) {
            tasks.push_back(create_task([&log, &queue, name]() -> Coro<> {
                const int item = co_await queue.get();
                log.push_back(name + std::to_string(item));
            }));
            co_await turns(2);
        }
        for (int i = 0; i < 3; ++i) queue.put_nowait(i);
        co_await gather(tasks);
        tasks.clear();
        for (const char* name : {"d", "e", "f"}) {
            tasks.push_back(create_task([&log, &semaphore, name]() -> Coro<> {
                co_await semaphore.acquire();
                log.emplace_back(name);
            }));
            co_await turns(2);
        }
        for (int i = 0; i < 3; ++i) semaphore.release();
        co_await gather(tasks);
    };
    EXPECT_EQ(logs_of(program), (std::set<Log>{{"a0", "b1", "c2", "d", "e", "f"}}));
}

TEST(Order, in_what_wait_and_all_tasks_give_is_any) {
    const auto program = [](Log& log) -> Coro<> {
        std::vector<Task<>> tasks;
        for (const char* name : {"a", "b", "c"}) tasks.push_back(create_task(sleep(1), std::string(name)));
        std::string all;
        for (const AnyTask& task : all_tasks())
            if (task != current_task()) all += task.get_name();
        log.push_back(all);
        const auto result = co_await wait(tasks);
        std::string done;
        for (const Task<>& task : result.done) done += task.get_name();
        log.push_back(done);
    };
    std::set<std::string> all;
    std::set<std::string> done;
    for (const Log& log : logs_of(program)) {
        all.insert(log.at(0));
        done.insert(log.at(1));
    }
    EXPECT_EQ(all.size(), 6u);
    EXPECT_EQ(done.size(), 6u);
}

TEST(Order, finds_a_race_that_asyncios_own_order_hides) {
    const auto program = [](Log& log) -> Coro<> {
        int balance = 100;
        const auto withdraw = [&](int amount, int thinking) -> Coro<> {
            const int seen = balance;
            co_await turns(thinking);
            balance = seen - amount;
        };
        auto slow = create_task(withdraw, 10, 1);
        co_await turns(1);
        auto quick = create_task(withdraw, 20, 0);
        co_await gather(slow, quick);
        log.push_back(std::to_string(balance));
    };
    Log plain;
    run_virtual(program(plain));
    EXPECT_EQ(plain, (Log{"70"}));
    EXPECT_TRUE(logs_of(program).contains(Log{"80"}) || logs_of(program).contains(Log{"90"}));
}

} // namespace
} // namespace asyncio::test
