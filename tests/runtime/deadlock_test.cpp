#include "support.hpp"

#include <algorithm>

namespace asyncio::test {
namespace {

std::string deadlock_of(Coro<> main) {
    try {
        run_virtual(std::move(main));
    } catch (const DeadlockError& error) {
        return error.what();
    }
    return "no deadlock";
}

Coro<> take_both(Lock& first, Lock& second) {
    auto one = co_await first.scoped();
    co_await sleep(1);
    auto other = co_await second.scoped();
}

Coro<> in_opposite_orders(Lock& left, Lock& right) {
    co_await gather(create_task(take_both(left, right), "one"), create_task(take_both(right, left), "two"));
}

TEST(Deadlock, names_who_waits_for_which_lock_and_who_holds_it) {
    Lock left, right;
    const std::string text = deadlock_of(in_opposite_orders(left, right));
    EXPECT_NE(text.find("task 'one' (asyncio::test::take_both at"), std::string::npos) << text;
    EXPECT_NE(text.find("waits for a Lock held by task 'two'"), std::string::npos) << text;
    EXPECT_NE(text.find("waits for a Lock held by task 'one'"), std::string::npos) << text;
}

Coro<> gather_many(int tasks) {
    Event never;
    std::vector<Task<void>> all;
    for (int i = 0; i < tasks; ++i)
        all.push_back(create_task([](Event& event) -> Coro<> { co_await event.wait(); }(never)));
    co_await gather(std::move(all));
}

TEST(Deadlock, of_a_gather_of_very_many_names_some) {
    const std::string text = deadlock_of(gather_many(10'000));
    EXPECT_NE(text.find(" and 9900 more\n"), std::string::npos) << text.substr(0, 20'000);
    EXPECT_LT(text.size(), 50'000u);
}

Coro<> get_from_nobody() {
    Queue<int> queue;
    co_await queue.get();
}

TEST(Deadlock, names_the_operation_of_the_queue) {
    const std::string text = deadlock_of(get_from_nobody());
    EXPECT_NE(text.find("waits for get() from a Queue"), std::string::npos) << text;
}

Coro<> wait_for_a_task_that_waits() {
    Event never;
    co_await create_task([&never]() -> Coro<> { co_await never.wait(); });
}

TEST(Deadlock, follows_a_wait_for_a_task) {
    const std::string text = deadlock_of(wait_for_a_task_that_waits());
    EXPECT_NE(text.find("waits for task 'Task-2'"), std::string::npos) << text;
    EXPECT_NE(text.find("waits for an Event"), std::string::npos) << text;
}

Coro<> wait_for_nobody(int tasks) {
    Event never;
    for (int i = 0; i < tasks; ++i) create_task([](Event& event) -> Coro<> { co_await event.wait(); }(never));
    co_await never.wait();
}

TEST(Deadlock, names_a_hundred_tasks_and_counts_the_rest) {
    const std::string text = deadlock_of(wait_for_nobody(249));
    EXPECT_EQ(std::ranges::count(text, '\n'), 101);
    EXPECT_TRUE(text.ends_with("\n  and 150 more")) << text;
    EXPECT_FALSE(deadlock_of(wait_for_nobody(99)).contains("more"));
}

} // namespace
} // namespace asyncio::test
