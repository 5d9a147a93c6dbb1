#include "support.hpp"

namespace asyncio::test {
namespace {

const ContextVar<int> number("number", 0);
const ContextVar<std::string> user("user");

TEST(Context, run_keeps_what_is_set_in_it) {
    const Context context;
    const int result = context.run(
        [](int value) {
            number.set(value);
            return number.get() + 1;
        },
        4);
    EXPECT_EQ(result, 5);
    EXPECT_EQ(number.get(), 0);
    EXPECT_EQ(context[number], 4);
    EXPECT_EQ(context.run([] { return number.get(); }), 4);
}

TEST(Context, a_new_one_is_empty_and_a_copy_is_not) {
    const Context context;
    EXPECT_EQ(context.size(), 0u);
    EXPECT_FALSE(context.contains(number));
    EXPECT_TRUE(context.items().empty());
    context.run([] { number.set(1); });
    const Context copy = context.copy();
    copy.run([] { number.set(2); });
    EXPECT_EQ(context.get(number), 1);
    EXPECT_EQ(copy.get(number), 2);
    EXPECT_NE(copy, context);
    ASSERT_EQ(copy.items().size(), 1u);
    EXPECT_EQ(copy.items().front().first->name(), "number");
    EXPECT_EQ(std::any_cast<int>(copy.items().front().second), 2);
}

TEST(Context, a_variable_not_set_in_it_has_no_value_whatever_its_default) {
    const Context context;
    EXPECT_EQ(context.get(number), std::nullopt);
    EXPECT_EQ(context.get(number, 7), 7);
    EXPECT_THROW(context[user], LookupError);
}

TEST(Context, cannot_be_entered_twice_at_a_time) {
    const Context outer, inner;
    EXPECT_THROW(outer.run([&] { outer.run([] {}); }), RuntimeError);
    EXPECT_THROW(outer.run([&] { inner.run([&] { outer.run([] {}); }); }), RuntimeError);
    EXPECT_EQ(outer.run([&] { return inner.run([] { return 1; }); }), 1);
}

TEST(Context, run_leaves_it_when_the_function_raises) {
    const Context context;
    EXPECT_THROW(context.run([] { throw ValueError("x"); }), ValueError);
    EXPECT_NO_THROW(context.run([] {}));
}

CO_TEST(Context, copy_context_takes_the_values_of_the_moment) {
    number.set(1);
    const Context copy = copy_context();
    number.set(2);
    EXPECT_EQ(copy.get(number), 1);
    copy.run([] { EXPECT_EQ(number.get(), 1); });
    co_return;
}

CO_TEST(Context, a_task_given_one_runs_in_it_and_not_in_a_copy) {
    const Context context = copy_context();
    auto set = [](int value) -> Coro<> {
        number.set(value);
        co_await sleep(1);
        number.set(number.get() + 1);
    };
    co_await create_task(set(5), {.context = context});
    EXPECT_EQ(context.get(number), 6);
    EXPECT_EQ(number.get(), 0);
    co_await create_task(set(7), {.context = context, .eager_start = true});
    EXPECT_EQ(context.get(number), 8);
}

CO_TEST(Context, get_context_of_a_task_is_the_one_it_runs_in) {
    auto task = create_task([]() -> Coro<int> {
        co_await sleep(1);
        co_return number.get();
    });
    co_await sleep(0);
    task.get_context().run([] { number.set(3); });
    EXPECT_EQ(task.get_context(), task.get_context());
    EXPECT_EQ(co_await task, 3);
    EXPECT_EQ(task.get_context().get(number), 3);
}

CO_TEST(Context, callbacks_are_called_in_the_one_they_are_given) {
    const Context context;
    context.run([] { number.set(9); });
    EventLoop& loop = get_running_loop();
    std::vector<int> seen;
    auto see = [&seen](int) { seen.push_back(number.get()); };
    const Handle soon = loop.call_soon(context, see, 0);
    loop.call_later(1, context, see, 0);
    loop.call_at(loop.time() + 2, context, see, 0);
    Future<> future;
    future.add_done_callback([&] { seen.push_back(number.get()); }, context);
    auto task = create_task(sleep(0));
    task.add_done_callback([&](Task<>) { seen.push_back(number.get()); }, context);
    future.set_result();
    co_await sleep(3);
    EXPECT_EQ(seen, (std::vector<int>{9, 9, 9, 9, 9}));
    EXPECT_EQ(soon.get_context(), context);
}

TEST(Context, everything_a_Runner_runs_shares_one) {
    auto before = number.scoped(1);
    Runner runner;
    auto add = []() -> Coro<int> {
        number.set(number.get() + 1);
        co_return number.get();
    };
    EXPECT_EQ(runner.run(add()), 2);
    EXPECT_EQ(runner.run(add()), 3);
    const Context own;
    EXPECT_EQ(runner.run(add(), own), 1);
    EXPECT_EQ(own.get(number), 1);
    EXPECT_EQ(number.get(), 1);
}

CO_TEST(ContextVar, a_token_knows_its_variable_and_is_good_for_no_other) {
    const ContextVar<int> other("other");
    auto token = number.set(1);
    EXPECT_EQ(&token.var(), &number);
    CO_EXPECT_RAISES(other.reset(token), ValueError);
    number.reset(token);
    EXPECT_EQ(number.get(), 0);
    co_return;
}

CO_TEST(ContextVar, a_token_is_good_in_its_own_context_only) {
    auto token = number.set(1);
    auto reset = [&]() -> Coro<> {
        CO_EXPECT_RAISES(number.reset(token), ValueError);
        co_return;
    };
    co_await create_task(reset());
    number.reset(token);
    EXPECT_EQ(number.get(), 0);
}

CO_TEST(ContextVar, scoped_restores_the_value_at_the_end_of_the_scope) {
    {
        auto outer = number.scoped(1);
        {
            auto inner = number.scoped(2);
            co_await sleep(1);
            EXPECT_EQ(number.get(), 2);
        }
        EXPECT_EQ(number.get(), 1);
    }
    EXPECT_EQ(number.get(), 0);
    EXPECT_FALSE(copy_context().contains(number));
}

} // namespace
} // namespace asyncio::test
