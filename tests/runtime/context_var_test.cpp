#include "support.hpp"

namespace asyncio::test {
namespace {

const ContextVar<std::string> user("user", "nobody");
const ContextVar<int> without_default("without_default");

CO_TEST(ContextVar, gives_its_default_a_fallback_or_the_value_set) {
    EXPECT_EQ(user.name(), "user");
    EXPECT_EQ(user.get(), "nobody");
    EXPECT_EQ(user.get("fallback"), "fallback");
    user.set("ann");
    EXPECT_EQ(user.get(), "ann");
    EXPECT_EQ(user.get("fallback"), "ann");
    co_return;
}

CO_TEST(ContextVar, without_value_and_default_raises_LookupError) {
    CO_EXPECT_RAISES(without_default.get(), LookupError);
    EXPECT_EQ(without_default.get(4), 4);
    co_return;
}

CO_TEST(ContextVar, reset_restores_the_value_before_and_refuses_a_second_time) {
    auto first = user.set("ann");
    auto second = user.set("bob");
    EXPECT_EQ(second.old_value(), "ann");
    user.reset(second);
    EXPECT_EQ(user.get(), "ann");
    user.reset(first);
    EXPECT_EQ(first.old_value(), std::nullopt);
    EXPECT_EQ(user.get(), "nobody");
    CO_EXPECT_RAISES(user.reset(first), RuntimeError);
    co_return;
}

CO_TEST(ContextVar, a_task_copies_its_creators_context) {
    user.set("creator");
    auto task = create_task([]() -> Coro<> {
        EXPECT_EQ(user.get(), "creator"); // as it was at create_task()
        user.set("task");
        co_await sleep(1);
        EXPECT_EQ(user.get(), "task");
    });
    user.set("later");
    co_await task;
    EXPECT_EQ(user.get(), "later");
}

CO_TEST(ContextVar, an_awaited_coroutine_shares_the_context_of_its_task) {
    auto inner = []() -> Coro<> {
        user.set("inner");
        co_return;
    };
    co_await inner();
    EXPECT_EQ(user.get(), "inner");
}

CO_TEST(ContextVar, tasks_side_by_side_see_each_their_own) {
    auto job = [](std::string name) -> Coro<std::string> {
        user.set(name);
        co_await sleep(1);
        co_return user.get();
    };
    EXPECT_EQ(co_await gather(job("a"), job("b")), (std::array<std::string, 2>{"a", "b"}));
    EXPECT_EQ(user.get(), "nobody");
}

CO_TEST(ContextVar, callbacks_run_in_the_context_they_were_given_in) {
    Log log;
    Future<> future;
    user.set("scheduler");
    get_running_loop().call_soon([&] { log.push_back(user.get()); });
    get_running_loop().call_later(1, [&] { log.push_back(user.get()); });
    future.add_done_callback([&] { log.push_back(user.get()); });
    user.set("later");
    future.set_result();
    co_await sleep(2);
    EXPECT_EQ(log, (Log{"scheduler", "scheduler", "scheduler"}));
}

CO_TEST(ContextVar, what_a_callback_sets_nobody_else_sees) {
    get_running_loop().call_soon([] { user.set("callback"); });
    co_await sleep(0);
    EXPECT_EQ(user.get(), "nobody");
}

CO_TEST(ContextVar, an_eager_task_has_a_copy_too) {
    auto job = []() -> Coro<> {
        user.set("eager");
        co_return;
    };
    create_task(job(), {.eager_start = true});
    EXPECT_EQ(user.get(), "nobody");
    co_return;
}

CO_TEST(ContextVar, frees_its_values_with_the_context) {
    const ContextVar<std::shared_ptr<Counted>> held("held");
    auto task = create_task([&]() -> Coro<> {
        held.set(std::make_shared<Counted>());
        co_await sleep(1);
    });
    co_await task;
    task = create_task([]() -> Coro<> { co_return; });
    co_await task;
    EXPECT_EQ(Counted::alive, 0);
}

} // namespace
} // namespace asyncio::test
