#include "support.hpp"

#include <optional>
#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> give(int value) {
    co_await sleep(1);
    co_return value;
}
Coro<int> fail() {
    co_await sleep(1);
    throw ValueError("bad");
}
Coro<> pass() { co_return; }

CO_TEST(Outcome, of_an_awaitable_is_its_value_or_its_error) {
    EXPECT_EQ((co_await outcome(give(5))).value(), 5);
    EXPECT_TRUE(co_await outcome(pass()));
    const Outcome<int> failed = co_await outcome(fail());
    EXPECT_EQ(describe(failed.error()), "ValueError: bad");
    EXPECT_EQ((co_await outcome(create_task(give(6)))).value(), 6);
    EXPECT_EQ((co_await outcome([&] -> Coro<int> { co_return failed ? 1 : 2; })).value(), 2);
}

CO_TEST(Outcome, may_be_a_reference_or_what_can_only_be_moved) {
    int value = 1;
    const auto refer = [&] -> Coro<int&> { co_return value; };
    (co_await outcome(refer)).value().get() = 2;
    EXPECT_EQ(value, 2);
    const auto own = [] -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(3); };
    EXPECT_EQ(**co_await outcome(own), 3);
}

CO_TEST(Outcome, lets_a_cancel_pass) {
    const Task<Outcome<int>> task = create_task(outcome(give(1)));
    co_await sleep(0);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(Suppress, drops_errors_of_its_classes) {
    co_await suppress<ValueError>([] -> Coro<> {
        throw ValueError("bad");
        co_return;
    });
    EXPECT_EQ((co_await suppress<RuntimeError, Error>(fail())), std::nullopt);
    EXPECT_EQ(co_await suppress<ValueError>(give(5)), 5);
    CO_EXPECT_RAISES(co_await suppress<RuntimeError>(fail()), ValueError);
}

CO_TEST(Suppress, awaits_a_task_that_was_cancelled) {
    const Task<int> task = create_task(give(1));
    co_await sleep(0);
    task.cancel();
    EXPECT_EQ(co_await suppress<CancelledError>(task), std::nullopt);
    EXPECT_TRUE(task.cancelled());
}

CO_TEST(TryFinally, awaits_its_cleanup_after_a_value_and_after_an_error) {
    Log log;
    const auto cleanup = [&] -> Coro<> {
        co_await sleep(1);
        log.push_back("clean");
    };
    EXPECT_EQ(co_await try_finally(give(5), cleanup), 5);
    co_await try_finally(pass(), cleanup);
    CO_EXPECT_RAISES(co_await try_finally(fail(), cleanup), ValueError);
    EXPECT_EQ(log, (Log{"clean", "clean", "clean"}));
}

CO_TEST(TryFinally, cleans_up_after_a_cancel) {
    Log log;
    const Task<int> task = create_task(try_finally(give(1), [&] -> Coro<> {
        co_await sleep(1);
        log.push_back("clean");
    }));
    co_await sleep(0);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, (Log{"clean"}));
}

CO_TEST(TryFinally, takes_functions_that_are_no_coroutines_for_its_cleanup) {
    bool cleaned = false;
    const auto body = [value = std::make_unique<int>(5)] -> Coro<int> { co_return *value; };
    EXPECT_EQ(co_await try_finally([&] { return body(); }, [&] { cleaned = true; }), 5);
    EXPECT_TRUE(cleaned);
}

CO_TEST(TryFinally, raises_the_error_of_its_cleanup) {
    const auto cleanup = [] { throw RuntimeError("cleanup"); };
    CO_EXPECT_RAISES(co_await try_finally(fail(), cleanup), RuntimeError);
}

} // namespace
} // namespace asyncio::test
