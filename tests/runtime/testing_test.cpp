#include "support.hpp"

#include <asyncio/testing.hpp>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

// The texts of assertions are those of CPython 3.11.7.
namespace asyncio::test {
namespace {

using testing::ANY;
using testing::AssertionError;
using testing::AsyncMock;
using testing::call;
using testing::DEFAULT;

/// What a call raises as an AssertionError; "nothing".
template <class F> std::string failure(F assertion) {
    try {
        assertion();
    } catch (const AssertionError& error) {
        return error.what();
    }
    return "nothing";
}

CO_TEST(AsyncMock, returns_its_return_value) {
    AsyncMock<int(std::string)> mock;
    EXPECT_EQ(co_await mock("a"), 0);
    mock.return_value(3);
    EXPECT_EQ(co_await mock("b"), 3);
    EXPECT_EQ(co_await mock("c"), 3);
    AsyncMock<void()> nothing;
    co_await nothing();
    nothing.assert_awaited_once_with();
}

CO_TEST(AsyncMock, without_a_value_to_return_raises_an_error) {
    struct Point {
        explicit Point(int) {}
    };
    const AsyncMock<Point()> mock("locate");
    EXPECT_EQ(co_await raised_by(mock()),
              "RuntimeError: locate has no value to return: set its return_value() or its side_effect()");
}

CO_TEST(AsyncMock, tells_calls_from_awaits) {
    AsyncMock<int(int)> mock;
    EXPECT_FALSE(mock.called());
    EXPECT_EQ(mock.await_args(), std::nullopt);
    Coro<int> first = mock(1);
    EXPECT_TRUE(mock.called());
    EXPECT_EQ(mock.call_count(), 1u);
    EXPECT_EQ(mock.await_count(), 0u);
    mock.assert_called_once_with(1);
    mock.assert_not_awaited();
    co_await mock(2);
    co_await std::move(first);
    EXPECT_EQ(mock.call_args(), call(2));
    EXPECT_EQ(mock.await_args(), call(1));
    EXPECT_EQ(repr(mock.call_args_list()), "[call(1), call(2)]");
    EXPECT_EQ(repr(mock.await_args_list()), "[call(2), call(1)]");
    EXPECT_EQ(std::get<0>(mock.await_args()->args), 1);
}

CO_TEST(AsyncMock, counts_an_await_when_the_coroutine_starts) {
    AsyncMock<void()> mock;
    const Task<> task = create_task(mock());
    EXPECT_EQ(mock.await_count(), 0u);
    co_await turns();
    EXPECT_EQ(mock.await_count(), 1u);
    co_await task;
}

CO_TEST(AsyncMock, raises_the_exception_of_its_side_effect_at_each_await) {
    AsyncMock<int()> mock;
    mock.side_effect(ValueError("no"));
    EXPECT_EQ(co_await raised_by(mock()), "ValueError: no");
    EXPECT_EQ(co_await raised_by(mock()), "ValueError: no");
    EXPECT_EQ(mock.await_count(), 2u);
    mock.side_effect(std::make_exception_ptr(LookupError("gone")));
    EXPECT_EQ(co_await raised_by(mock()), "LookupError: gone");
    mock.side_effect(CancelledError());
    CO_EXPECT_RAISES(co_await mock(), CancelledError);
}

CO_TEST(AsyncMock, uses_one_of_a_sequence_of_side_effects_for_each_await) {
    AsyncMock<std::string(int)> mock;
    mock.return_value("default");
    mock.side_effect({"one", ValueError("two"), DEFAULT});
    EXPECT_EQ(co_await mock(1), "one");
    EXPECT_EQ(co_await raised_by(mock(2)), "ValueError: two");
    EXPECT_EQ(co_await mock(3), "default");
    EXPECT_EQ(co_await raised_by(mock(4)), "testing::StopAsyncIteration");
    EXPECT_EQ(mock.await_count(), 4u);
}

CO_TEST(AsyncMock, takes_a_sequence_of_one_number) {
    AsyncMock<int()> mock;
    mock.side_effect({0});
    EXPECT_EQ(co_await mock(), 0);
    EXPECT_EQ(co_await raised_by(mock()), "testing::StopAsyncIteration");
}

CO_TEST(AsyncMock, of_no_result_has_side_effects_too) {
    AsyncMock<void(int)> mock;
    mock.side_effect({ValueError("one"), DEFAULT});
    EXPECT_EQ(co_await raised_by(mock(1)), "ValueError: one");
    co_await mock(2);
    int seen = 0;
    mock.side_effect([&](int number) { seen = number; });
    co_await mock(3);
    EXPECT_EQ(seen, 3);
}

CO_TEST(AsyncMock, calls_the_function_of_its_side_effect_with_the_arguments) {
    AsyncMock<int(int, int)> mock;
    mock.side_effect([](int a, int b) { return a + b; });
    EXPECT_EQ(co_await mock(2, 3), 5);
    mock.side_effect([](int, int) -> int { throw ValueError("no sum"); });
    EXPECT_EQ(co_await raised_by(mock(2, 3)), "ValueError: no sum");
    mock.return_value(9);
    mock.side_effect([](int, int) { return DEFAULT; });
    EXPECT_EQ(co_await mock(2, 3), 9);
}

CO_TEST(AsyncMock, awaits_the_coroutine_of_its_side_effect) {
    AsyncMock<int(int)> mock;
    mock.side_effect([factor = 10](int number) -> Coro<int> {
        co_await sleep(5);
        co_return factor* number;
    });
    const Task<int> task = create_task(mock(2));
    co_await turns();
    mock.side_effect(ValueError("too late"));
    EXPECT_EQ(co_await task, 20);
    EXPECT_EQ(get_running_loop().time(), 5);
}

CO_TEST(AsyncMock, is_cancelled_where_its_side_effect_waits) {
    AsyncMock<void()> mock;
    bool cancelled = false;
    mock.side_effect([&]() -> Coro<> {
        try {
            co_await sleep(60);
        } catch (const CancelledError&) {
            cancelled = true;
            throw;
        }
    });
    CO_EXPECT_RAISES(co_await wait_for(mock(), 1), TimeoutError);
    EXPECT_TRUE(cancelled);
    mock.assert_awaited_once();
}

CO_TEST(AsyncMock, moves_the_results_of_a_sequence) {
    AsyncMock<std::unique_ptr<int>()> mock;
    std::vector<testing::Effect<std::unique_ptr<int>>> results;
    results.emplace_back(std::make_unique<int>(7));
    mock.side_effect(std::move(results));
    EXPECT_EQ(*co_await mock(), 7);
    mock.side_effect(ValueError("no"));
    EXPECT_EQ(co_await raised_by(mock()), "ValueError: no");
}

CO_TEST(AsyncMock, returns_lists_and_json) {
    AsyncMock<std::vector<int>(std::vector<int>)> list;
    list.return_value({1, 2});
    EXPECT_EQ(co_await list({3}), (std::vector{1, 2}));
    list.assert_awaited_with(std::vector{3});
    AsyncMock<Json(Json)> json("post");
    json.side_effect({Json{{"id", 1}}, ValueError("no"), DEFAULT});
    EXPECT_EQ((co_await json({{"name", "tea"}}))["id"], 1);
    EXPECT_EQ(co_await raised_by(json("x")), "ValueError: no");
    EXPECT_EQ(co_await json(nullptr), Json());
    EXPECT_EQ(failure([&] { json.assert_any_await(Json{{"name", "pie"}}); }),
              "post({\"name\":\"pie\"}) await not found");
    json.assert_has_awaits({call(Json{{"name", "tea"}}), call("x"), call(ANY)});
}

CO_TEST(AsyncMock, keeps_its_arguments_beyond_the_call) {
    AsyncMock<int(std::string_view, const char*, const std::string&)> mock;
    mock.side_effect([](std::string_view one, const char* two, const std::string& three) {
        return static_cast<int>(one.size() + std::string_view(two).size() + three.size());
    });
    Coro<int> later = mock(std::string(100, 'x'), std::string(10, 'y').c_str(), std::string(1, 'z'));
    EXPECT_EQ(co_await std::move(later), 111);
    mock.assert_awaited_with(ANY, "yyyyyyyyyy", "z");
}

CO_TEST(AsyncMock, passes_references_to_its_side_effect) {
    AsyncMock<void(std::string&)> mock;
    mock.side_effect([](std::string& text) { text += "!"; });
    std::string text = "go";
    co_await mock(text);
    EXPECT_EQ(text, "go!");
    mock.assert_awaited_with("go");
}

CO_TEST(AsyncMock, is_a_handle_that_fits_a_function) {
    AsyncMock<int(int)> mock;
    mock.return_value(4);
    const std::function<Coro<int>(int)> function = mock;
    EXPECT_EQ(co_await function(1), 4);
    EXPECT_EQ(co_await create_task(mock, 2), 4);
    mock.assert_has_awaits({call(1), call(2)});
    EXPECT_TRUE(iscoroutinefunction<int>(mock));
}

TEST(AsyncMock, that_nobody_awaited_says_so) {
    AsyncMock<int(int, std::string)> mock;
    const auto with = [](auto method) { return failure([&] { method(1, "a"); }); };
    EXPECT_EQ(failure([&] { mock.assert_awaited(); }), "Expected mock to have been awaited.");
    EXPECT_EQ(failure([&] { mock.assert_awaited_once(); }),
              "Expected mock to have been awaited once. Awaited 0 times.");
    EXPECT_EQ(failure([&] { mock.assert_not_awaited(); }), "nothing");
    EXPECT_EQ(with([&](auto... args) { mock.assert_awaited_with(args...); }),
              "Expected await: mock(1, 'a')\nNot awaited");
    EXPECT_EQ(with([&](auto... args) { mock.assert_awaited_once_with(args...); }),
              "Expected mock to have been awaited once. Awaited 0 times.");
    EXPECT_EQ(with([&](auto... args) { mock.assert_any_await(args...); }), "mock(1, 'a') await not found");
    EXPECT_EQ(failure([&] { mock.assert_has_awaits({call(1, "a"), call(ANY, "b")}); }),
              "Awaits not found.\nExpected: [call(1, 'a'), call(<ANY>, 'b')]\nActual: []");
    EXPECT_EQ(failure([&] { mock.assert_has_awaits({call(1, "a")}, {.any_order = true}); }),
              "(call(1, 'a'),) not all found in await list");
}

TEST(AsyncMock, that_nobody_called_says_so) {
    AsyncMock<int(int, std::string)> mock("fetch");
    const auto with = [](auto method) { return failure([&] { method(1, "a"); }); };
    EXPECT_EQ(failure([&] { mock.assert_called(); }), "Expected 'fetch' to have been called.");
    EXPECT_EQ(failure([&] { mock.assert_called_once(); }),
              "Expected 'fetch' to have been called once. Called 0 times.");
    EXPECT_EQ(failure([&] { mock.assert_not_called(); }), "nothing");
    EXPECT_EQ(with([&](auto... args) { mock.assert_called_with(args...); }),
              "expected call not found.\nExpected: fetch(1, 'a')\n  Actual: not called.");
    EXPECT_EQ(with([&](auto... args) { mock.assert_called_once_with(args...); }),
              "Expected 'fetch' to be called once. Called 0 times.");
    EXPECT_EQ(with([&](auto... args) { mock.assert_any_call(args...); }), "fetch(1, 'a') call not found");
    EXPECT_EQ(failure([&] { mock.assert_has_calls({call(1, "a"), call(ANY, "b")}); }),
              "Calls not found.\nExpected: [call(1, 'a'), call(<ANY>, 'b')]");
    EXPECT_EQ(
        failure([&] { mock.assert_has_calls({call(1, "a"), call(2, "b")}, {.any_order = true}); }),
        "'fetch' does not contain all of (call(1, 'a'), call(2, 'b')) in its call list, found [] instead");
}

CO_TEST(AsyncMock, compares_what_was_awaited) {
    AsyncMock<int(int, std::string)> mock("fetch");
    co_await mock(1, "b");
    mock.assert_awaited();
    mock.assert_awaited_once();
    mock.assert_awaited_once_with(1, "b");
    co_await mock(2, "c");
    mock.assert_awaited_with(2, ANY);
    mock.assert_any_await(1, "b");
    mock.assert_has_awaits({});
    mock.assert_has_awaits({call(1, "b"), call(2, "c")});
    mock.assert_has_awaits({call(2, ANY), call(1, "b")}, {.any_order = true});
    EXPECT_EQ(failure([&] { mock.assert_awaited_once(); }),
              "Expected fetch to have been awaited once. Awaited 2 times.");
    EXPECT_EQ(failure([&] { mock.assert_not_awaited(); }),
              "Expected fetch to not have been awaited. Awaited 2 times.");
    EXPECT_EQ(failure([&] { mock.assert_awaited_with(1, ANY); }),
              "expected await not found.\nExpected: fetch(1, <ANY>)\n  Actual: fetch(2, 'c')");
    EXPECT_EQ(failure([&] { mock.assert_any_await(3, ANY); }), "fetch(3, <ANY>) await not found");
    EXPECT_EQ(
        failure([&] { mock.assert_has_awaits({call(2, "c"), call(1, "b")}); }),
        "Awaits not found.\nExpected: [call(2, 'c'), call(1, 'b')]\nActual: [call(1, 'b'), call(2, 'c')]");
    EXPECT_EQ(failure([&] {
                  mock.assert_has_awaits({call(1, "b"), call(1, "b"), call(2, "x")}, {.any_order = true});
              }),
              "(call(1, 'b'), call(2, 'x')) not all found in await list");
}

CO_TEST(AsyncMock, compares_how_it_was_called) {
    AsyncMock<int(int, std::string)> mock;
    co_await mock(1, "b");
    mock.assert_called();
    mock.assert_called_once();
    mock.assert_called_once_with(1, "b");
    EXPECT_EQ(failure([&] { mock.assert_not_called(); }),
              "Expected 'mock' to not have been called. Called 1 times.\nCalls: [call(1, 'b')].");
    co_await mock(2, "c");
    mock.assert_called_with(2, ANY);
    mock.assert_any_call(1, "b");
    mock.assert_has_calls({call(1, "b"), call(2, "c")});
    mock.assert_has_calls({call(2, ANY), call(1, "b")}, {.any_order = true});
    const std::string calls = "[call(1, 'b'), call(2, 'c')]";
    EXPECT_EQ(failure([&] { mock.assert_called_once(); }),
              "Expected 'mock' to have been called once. Called 2 times.\nCalls: " + calls + ".");
    EXPECT_EQ(failure([&] { mock.assert_called_once_with(2, "c"); }),
              "Expected 'mock' to be called once. Called 2 times.\nCalls: " + calls + ".");
    EXPECT_EQ(failure([&] { mock.assert_called_with(1, ANY); }),
              "expected call not found.\nExpected: mock(1, <ANY>)\n  Actual: mock(2, 'c')");
    EXPECT_EQ(failure([&] { mock.assert_has_calls({call(2, "c"), call(1, "b")}); }),
              "Calls not found.\nExpected: [call(2, 'c'), call(1, 'b')]\n  Actual: " + calls);
    EXPECT_EQ(failure([&] { mock.assert_has_calls({call(2, "x")}, {.any_order = true}); }),
              "'mock' does not contain all of (call(2, 'x'),) in its call list, found " + calls + " instead");
}

CO_TEST(AsyncMock, forgets_what_reset_mock_names) {
    AsyncMock<int(int)> mock;
    mock.return_value(3);
    mock.side_effect([](int number) { return number; });
    EXPECT_EQ(co_await mock(1), 1);
    mock.reset_mock();
    mock.assert_not_called();
    mock.assert_not_awaited();
    EXPECT_EQ(co_await mock(2), 2);
    mock.reset_mock({.side_effect = true});
    EXPECT_EQ(co_await mock(2), 3);
    mock.reset_mock({.return_value = true});
    EXPECT_EQ(co_await mock(2), 0);
}

CO_TEST(AsyncMock, frees_its_arguments_and_results) {
    AsyncMock<Counted(Counted)> mock;
    mock.side_effect([kept = Counted()](const Counted& given) { return given; });
    co_await mock(Counted());
    mock(Counted()).close();
    EXPECT_EQ(mock.await_count(), 1u);
}

TEST(Call, prints_as_in_Python) {
    EXPECT_EQ(repr(call()), "call()");
    EXPECT_EQ(std::format("{}", call(1, "a", 2.0, std::vector{1})), "call(1, 'a', 2.0, [1])");
    EXPECT_EQ(std::format("{:>8}", call(ANY)), "call(<ANY>)");
    EXPECT_TRUE(call(1, ANY) == call(1, "a"));
    EXPECT_FALSE(call(2, ANY) == call(1, "a"));
}

Coro<int> slow_answer() {
    co_await sleep(std::chrono::hours(24));
    co_return 42;
}

Coro<> wait_an_hour() { co_await sleep(std::chrono::hours(1)); }

TEST(RunTest, returns_the_result_without_waiting) { EXPECT_EQ(testing::run_test(slow_answer()), 42); }

TEST(RunTest, raises_the_error_of_the_test) {
    const auto failing = []() -> Coro<> {
        const Task<> left = create_task(wait_an_hour());
        throw ValueError("wrong");
        co_return;
    };
    EXPECT_EQ(raised_text([&] { testing::run_test(failing()); }), "wrong");
}

TEST(RunTest, lists_the_tasks_that_are_left) {
    bool cleaned_up = false;
    const auto leaving = [&]() -> Coro<> {
        const Task<> poll = create_task(
            [](bool& done) -> Coro<> {
                try {
                    co_await wait_an_hour();
                } catch (const CancelledError&) {
                    done = true;
                    throw;
                }
            },
            std::ref(cleaned_up));
        const Task<> other = create_task(wait_an_hour(), "other");
        const Task<> done = create_task(turns());
        co_await done;
    };
    try {
        testing::run_test(leaving());
        ADD_FAILURE() << "raised nothing";
    } catch (const testing::PendingTasksError& error) {
        const std::string text = error.what();
        EXPECT_TRUE(text.starts_with("2 tasks are still pending at the end of the test: await or cancel them"
                                     "\n  task 'Task-2' (asyncio::test::wait_an_hour at "))
            << text;
        EXPECT_TRUE(text.contains("\n  task 'other' (asyncio::test::wait_an_hour at ")) << text;
        EXPECT_TRUE(text.ends_with(" waits for sleep()")) << text;
        ASSERT_EQ(error.tasks().size(), 2u);
        EXPECT_EQ(error.tasks()[1], "other");
    }
    EXPECT_TRUE(cleaned_up);
}

TEST(RunTest, says_one_task_of_one) {
    const auto leaving = []() -> Coro<> {
        const Task<> left = create_task(wait_an_hour(), "left");
        co_await turns();
    };
    EXPECT_TRUE(raised_text([&] { testing::run_test(leaving()); }).starts_with("1 task is still pending"));
}

TEST(RunTest, takes_a_seed) {
    const auto seeded = []() -> Coro<bool> { co_return get_running_loop().order() != nullptr; };
    EXPECT_TRUE(testing::run_test(seeded(), {.seed = 7}));
    EXPECT_FALSE(testing::run_test(seeded()));
}

} // namespace
} // namespace asyncio::test
