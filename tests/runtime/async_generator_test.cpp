#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

AsyncGenerator<int> count_to(int last, Counted = {}) {
    for (int i = 1; i <= last; ++i) {
        co_await sleep(1);
        co_yield i;
    }
}

struct Point {
    int x = 0;
    std::string name = {};
};

AsyncGenerator<Point> points() {
    co_yield {1, "a"};
    co_yield {.x = 2, .name = "b"};
    co_yield {};
}

AsyncGenerator<Json> objects() { co_yield {{"a", 1}, {"b", {1, 2}}}; }

CO_TEST(AsyncGenerator, yields_what_braces_make) {
    auto all = points();
    EXPECT_EQ((co_await all.next())->name, "a");
    EXPECT_EQ((co_await all.next())->x, 2);
    EXPECT_EQ((co_await all.next())->x, 0);
    EXPECT_FALSE(co_await all.next());
    auto json = objects();
    EXPECT_EQ((co_await json.next())->dump(), R"({"a":1,"b":[1,2]})");
}

CO_TEST(AsyncGenerator, gives_its_values_and_then_nullopt) {
    auto numbers = count_to(3);
    std::vector<int> got;
    while (auto number = co_await numbers.next()) got.push_back(*number);
    EXPECT_EQ(got, (std::vector{1, 2, 3}));
    EXPECT_EQ(get_running_loop().time(), 3);
    EXPECT_EQ(co_await numbers.next(), std::nullopt);
}

CO_TEST(AsyncGenerator, runs_only_inside_next) {
    Log log;
    auto generator = [](Log& log) -> AsyncGenerator<int> {
        log.push_back("starts");
        co_yield 1;
        log.push_back("goes on");
    }(log);
    EXPECT_TRUE(log.empty());
    co_await generator.next();
    co_await sleep(1);
    EXPECT_EQ(log, Log{"starts"});
    co_await generator.next();
    EXPECT_EQ(log, (Log{"starts", "goes on"}));
}

CO_TEST(AsyncGenerator, a_ready_value_does_not_suspend_the_task) {
    Log log;
    get_running_loop().call_soon([&] { log.push_back("next turn"); });
    auto generator = []() -> AsyncGenerator<std::unique_ptr<int>> {
        for (int i = 0; i < 100; ++i) co_yield std::make_unique<int>(i);
    }();
    int sum = 0;
    while (auto value = co_await generator.next()) sum += **value;
    EXPECT_EQ(sum, 4950);
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
}

CO_TEST(AsyncGenerator, raises_what_it_lets_escape_and_is_then_over) {
    auto generator = []() -> AsyncGenerator<int> {
        co_yield 1;
        throw std::runtime_error("broken");
    }();
    EXPECT_EQ(co_await generator.next(), 1);
    CO_EXPECT_RAISES(co_await generator.next(), std::runtime_error);
    EXPECT_EQ(co_await generator.next(), std::nullopt);
}

CO_TEST(AsyncGenerator, a_cancel_is_raised_at_its_await_and_ends_it) {
    auto numbers = count_to(3);
    auto task = create_task([&]() -> Coro<> { co_await numbers.next(); });
    co_await sleep(0.5);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(co_await numbers.next(), std::nullopt);
}

AsyncGenerator<int> with_cleanup(Log& log) {
    bool closing = false;
    try {
        for (int i = 0;; ++i) co_yield i;
    } catch (const GeneratorExit&) {
        closing = true;
    }
    co_await sleep(2);
    log.push_back("cleaned up");
    if (closing) throw GeneratorExit();
}

CO_TEST(AsyncGenerator, aclose_lets_it_clean_up_with_awaits) {
    Log log;
    auto generator = with_cleanup(log);
    co_await generator.next();
    co_await generator.aclose();
    EXPECT_EQ(log, Log{"cleaned up"});
    EXPECT_EQ(get_running_loop().time(), 2);
    EXPECT_EQ(co_await generator.next(), std::nullopt);
    co_await generator.aclose();
}

CO_TEST(AsyncGenerator, aclose_before_its_first_step_never_runs_its_body) {
    auto numbers = count_to(3);
    co_await numbers.aclose();
    EXPECT_EQ(co_await numbers.next(), std::nullopt);
    EXPECT_EQ(get_running_loop().time(), 0);
}

CO_TEST(AsyncGenerator, refuses_to_yield_after_aclose) {
    auto stubborn = []() -> AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
        }
        co_yield 2;
    }();
    co_await stubborn.next();
    CO_EXPECT_RAISES(co_await stubborn.aclose(), RuntimeError);
}

CO_TEST(AsyncGenerator, raises_an_error_of_its_cleanup_out_of_aclose) {
    auto failing = []() -> AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
            throw std::runtime_error("cleanup");
        }
    }();
    co_await failing.next();
    CO_EXPECT_RAISES(co_await failing.aclose(), std::runtime_error);
}

CO_TEST(AsyncGenerator, refuses_two_tasks_inside_next_at_once) {
    auto numbers = count_to(3);
    auto task = create_task([&]() -> Coro<> { co_await numbers.next(); });
    co_await sleep(0.5);
    CO_EXPECT_RAISES(co_await numbers.next(), RuntimeError);
    co_await task;
    EXPECT_EQ(co_await numbers.next(), 2);
}

CO_TEST(AsyncGenerator, destroyed_half_way_frees_its_frame) {
    {
        auto numbers = count_to(3);
        co_await numbers.next();
        EXPECT_EQ(Counted::alive, 1);
    }
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(AsyncGenerator, can_be_moved_half_way) {
    auto numbers = count_to(3);
    co_await numbers.next();
    auto moved = std::move(numbers);
    EXPECT_EQ(co_await moved.next(), 2);
}

TEST(AsyncGenerator, left_half_way_is_closed_when_the_loop_ends) {
    Log log;
    auto generator = with_cleanup(log);
    run_virtual([](AsyncGenerator<int>& generator) -> Coro<> { co_await generator.next(); }(generator));
    EXPECT_EQ(log, Log{"cleaned up"});
}

AsyncGenerator<int, std::string> echo(Log& log) {
    for (int i = 0;; ++i) {
        const std::optional<std::string> sent = co_yield i;
        log.push_back(sent.value_or("nothing"));
        if (sent == "stop") co_return;
    }
}

CO_TEST(AsyncGenerator, asend_gives_a_value_to_the_co_yield) {
    Log log;
    auto generator = echo(log);
    EXPECT_EQ(co_await generator.next(), 0);
    EXPECT_EQ(co_await generator.asend("one"), 1);
    EXPECT_EQ(co_await generator.next(), 2);
    EXPECT_EQ(co_await generator.asend("stop"), std::nullopt);
    EXPECT_EQ(co_await generator.asend("late"), std::nullopt);
    EXPECT_EQ(log, (Log{"one", "nothing", "stop"}));
}

CO_TEST(AsyncGenerator, asend_before_the_first_step_raises_RuntimeError) {
    Log log;
    auto generator = echo(log);
    CO_EXPECT_RAISES(co_await generator.asend("early"), RuntimeError);
    EXPECT_EQ(co_await generator.next(), 0);
}

AsyncGenerator<int> survivor(Log& log) {
    for (int i = 0; i < 3; ++i) {
        try {
            co_yield i;
        } catch (const ValueError& error) {
            log.push_back(error.what());
        }
    }
}

CO_TEST(AsyncGenerator, athrow_raises_at_the_co_yield_and_gives_the_next_value) {
    Log log;
    auto generator = survivor(log);
    EXPECT_EQ(co_await generator.next(), 0);
    EXPECT_EQ(co_await generator.athrow(ValueError("first")), 1);
    EXPECT_EQ(co_await generator.next(), 2);
    EXPECT_EQ(co_await generator.athrow(ValueError("last")), std::nullopt);
    EXPECT_EQ(log, (Log{"first", "last"}));
    EXPECT_EQ(co_await generator.athrow(ValueError("ended")), std::nullopt);
}

CO_TEST(AsyncGenerator, athrow_raises_what_the_generator_does_not_catch) {
    Log log;
    auto generator = survivor(log);
    co_await generator.next();
    CO_EXPECT_RAISES(co_await generator.athrow(LookupError("through")), LookupError);
    EXPECT_EQ(co_await generator.next(), std::nullopt);
    auto fresh = survivor(log);
    CO_EXPECT_RAISES(co_await fresh.athrow(ValueError("at once")), ValueError);
    EXPECT_EQ(co_await fresh.next(), std::nullopt);
    EXPECT_EQ(log, Log{});
}

TEST(AsyncGenerator, left_half_way_whose_cleanup_fails_is_reported_when_the_loop_ends) {
    auto failing = []() -> AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
            throw std::runtime_error("cleanup");
        }
    }();
    Log reported;
    run_virtual([](AsyncGenerator<int>& generator, Log& reported) -> Coro<> {
        get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            reported.push_back(context.message + ": " + describe(context.exception));
        });
        co_await generator.next();
    }(failing, reported));
    EXPECT_EQ(reported,
              Log{"an error occurred during the closing of an async generator: std::runtime_error: cleanup"});
}

} // namespace
} // namespace asyncio::test
