#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

CO_TEST(DoneCallback, is_called_in_the_next_turn_in_the_order_of_registration) {
    Future<int> future;
    Log log;
    future.add_done_callback([&] { log.push_back("a"); });
    future.add_done_callback([&](Future<int> done) { log.push_back("b" + std::to_string(done.result())); });
    future.set_result(7);
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
    EXPECT_EQ(log, (Log{"a", "b7"}));
}

CO_TEST(DoneCallback, of_a_done_future_is_called_in_the_next_turn_too) {
    Future<> future;
    future.set_result();
    Log log;
    future.add_done_callback([&] { log.push_back("called"); });
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
    EXPECT_EQ(log, Log{"called"});
}

CO_TEST(DoneCallback, stands_in_one_row_with_those_who_await) {
    Future<> future;
    Log log;
    future.add_done_callback([&] { log.push_back("first"); });
    auto task = create_task([&]() -> Coro<> {
        co_await future;
        log.push_back("awaiting");
    });
    co_await sleep(0);
    future.add_done_callback([&] { log.push_back("last"); });
    future.set_result();
    co_await task;
    EXPECT_EQ(log, (Log{"first", "awaiting", "last"}));
}

CO_TEST(DoneCallback, is_called_when_the_future_is_cancelled) {
    Future<> future;
    Log log;
    future.add_done_callback(
        [&](const Future<>& done) { log.push_back(done.cancelled() ? "cancelled" : "?"); });
    future.cancel();
    co_await sleep(0);
    EXPECT_EQ(log, Log{"cancelled"});
}

CO_TEST(DoneCallback, can_be_removed_while_the_future_is_pending) {
    Future<> future;
    Log log;
    auto removed = future.add_done_callback([&, counted = Counted()] { log.push_back("removed"); });
    future.add_done_callback([&] { log.push_back("kept"); });
    EXPECT_EQ(future.remove_done_callback(removed), 1u);
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_EQ(future.remove_done_callback(removed), 0u);
    future.set_result();
    co_await sleep(0);
    EXPECT_EQ(log, Log{"kept"});
}

CO_TEST(DoneCallback, removed_once_it_is_scheduled_is_still_called) {
    Future<> future;
    Log log;
    auto id = future.add_done_callback([&] { log.push_back("called"); });
    future.set_result();
    EXPECT_EQ(future.remove_done_callback(id), 0u);
    co_await sleep(0);
    EXPECT_EQ(log, Log{"called"});
}

CO_TEST(DoneCallback, that_throws_does_not_stop_the_others) {
    Reports reports;
    Future<> future;
    Log log;
    future.add_done_callback([&] { log.push_back("before"); });
    future.add_done_callback([] { throw std::runtime_error("callback"); });
    future.add_done_callback([&] { log.push_back("after"); });
    auto task = create_task([&]() -> Coro<> {
        co_await future;
        log.push_back("awaiting");
    });
    co_await sleep(0);
    future.set_result();
    co_await task;
    EXPECT_EQ(log, (Log{"before", "after", "awaiting"}));
    EXPECT_EQ(describe(reports.only().exception), "std::runtime_error: callback");
}

CO_TEST(DoneCallback, that_throws_what_is_no_exception_type_is_reported_too) {
    Reports reports;
    Future<> future;
    future.add_done_callback([] { throw 42; });
    future.set_result();
    co_await sleep(0);
    EXPECT_EQ(describe(reports.only().exception), "int");
}

TEST(DoneCallback, that_throws_KeyboardInterrupt_ends_the_loop) {
    const auto interrupted = []() -> Coro<> {
        Future<> future;
        future.add_done_callback([] { throw KeyboardInterrupt(); });
        future.set_result();
        co_await sleep(1000);
    };
    EXPECT_THROW(run_virtual(interrupted()), KeyboardInterrupt);
}

CO_TEST(DoneCallback, added_by_a_callback_is_called_a_turn_later) {
    Future<> future;
    Log log;
    future.add_done_callback([&] {
        log.push_back("outer");
        future.add_done_callback([&] { log.push_back("inner"); });
    });
    future.set_result();
    co_await sleep(0);
    EXPECT_EQ(log, Log{"outer"});
    co_await sleep(0);
    EXPECT_EQ(log, (Log{"outer", "inner"}));
}

CO_TEST(DoneCallback, is_freed_when_it_was_called_and_when_the_future_goes) {
    {
        const Future<> future;
        future.add_done_callback([counted = Counted()] {});
        future.set_result();
        EXPECT_EQ(Counted::alive, 1);
        co_await sleep(0);
        EXPECT_EQ(Counted::alive, 0);
        const Future<> never;
        never.add_done_callback([counted = Counted()] {});
        EXPECT_EQ(Counted::alive, 1);
    }
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(DoneCallback, of_a_task_is_called_with_its_result) {
    Log log;
    auto task = create_task([]() -> Coro<int> { co_return 3; });
    task.add_done_callback([&](const Future<int>& done) { log.push_back(std::to_string(done.result())); });
    co_await task;
    co_await sleep(0);
    EXPECT_EQ(log, Log{"3"});
}

} // namespace
} // namespace asyncio::test
