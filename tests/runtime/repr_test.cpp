#include "support.hpp"

#include <cmath>
#include <deque>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <print>
#include <set>
#include <variant>

namespace asyncio::test {
namespace {

Coro<int> five() { co_return 5; }
Coro<> nothing() { co_return; }
Coro<int> bad() {
    throw ValueError("bad");
    co_return 0;
}

struct Opaque {};

TEST(Repr, of_plain_values_is_as_in_python) {
    EXPECT_EQ(repr(true), "True");
    EXPECT_EQ(repr(-3), "-3");
    EXPECT_EQ(repr('c'), "'c'");
    EXPECT_EQ(repr("text"), "'text'");
    EXPECT_EQ(repr(std::string("it's")), "\"it's\"");
    EXPECT_EQ(repr(std::string_view("a'\"\n\t\\\x01é")), R"('a\'"\n\t\\\x01é')");
    EXPECT_EQ(repr(nullptr), "None");
}

TEST(Repr, of_a_floating_point_number_is_as_in_python) {
    EXPECT_EQ(repr(1.0), "1.0");
    EXPECT_EQ(repr(0.1F), "0.10000000149011612");
    EXPECT_EQ(repr(-0.0), "-0.0");
    EXPECT_EQ(repr(100000.0), "100000.0");
    EXPECT_EQ(repr(1e15), "1000000000000000.0");
    EXPECT_EQ(repr(1e16), "1e+16");
    EXPECT_EQ(repr(0.0001), "0.0001");
    EXPECT_EQ(repr(0.00001), "1e-05");
    EXPECT_EQ(repr(std::numeric_limits<double>::infinity()), "inf");
}

TEST(Repr, of_containers_is_as_in_python) {
    EXPECT_EQ(repr(std::vector<int>{}), "[]");
    EXPECT_EQ(repr(std::vector<bool>{true, false}), "[True, False]");
    EXPECT_EQ(repr(std::deque<std::string>{"a", "b"}), "['a', 'b']");
    EXPECT_EQ(repr(std::array{1.5, 2.0}), "[1.5, 2.0]");
    EXPECT_EQ(repr(std::map<std::string, std::vector<int>>{{"a", {1, 2}}}), "{'a': [1, 2]}");
    EXPECT_EQ(repr(std::map<int, int>{}), "{}");
    EXPECT_EQ(repr(std::set{2, 1}), "{1, 2}");
    EXPECT_EQ(repr(std::set<int>{}), "set()");
    EXPECT_EQ(repr(std::tuple(1, "a", 2.0)), "(1, 'a', 2.0)");
    EXPECT_EQ(repr(std::tuple(1)), "(1,)");
    EXPECT_EQ(repr(std::tuple()), "()");
    EXPECT_EQ(repr(std::pair(1, std::monostate())), "(1, None)");
}

TEST(Repr, what_may_be_nothing_or_an_error_prints_as_in_python) {
    EXPECT_EQ(std::format("{} {}", std::optional(3), std::optional<int>()), "3 None");
    EXPECT_EQ(std::format("{:>5}|{}", std::optional(2.5), std::optional<std::string>("a b")), "  2.5|a b");
    const std::exception_ptr error = std::make_exception_ptr(ValueError("no"));
    EXPECT_EQ(std::format("{} {}", error, std::exception_ptr()), "no None");
    using Either = std::expected<int, std::exception_ptr>;
    EXPECT_EQ(std::format("{} {}", Either(1), Either(std::unexpect, error)), "1 no");
    EXPECT_EQ(std::format("{}", std::expected<void, std::exception_ptr>()), "None");
    EXPECT_EQ(std::format("{}", std::vector{Either(1), Either(std::unexpect, error)}), "[1, ValueError('no')]");
    EXPECT_EQ(std::format("{}", std::vector{std::optional<std::string>("a"), std::optional<std::string>()}),
              "['a', None]");
}

TEST(Repr, looks_through_optionals_variants_and_pointers) {
    EXPECT_EQ(repr(std::optional(1)), "1");
    EXPECT_EQ(repr(std::optional<int>()), "None");
    EXPECT_EQ(repr(std::variant<int, std::string>("a")), "'a'");
    EXPECT_EQ(repr(std::make_unique<int>(5)), "5");
    EXPECT_EQ(repr(std::shared_ptr<int>()), "None");
    int value = 3;
    EXPECT_EQ(repr(std::ref(value)), "3");
}

TEST(Repr, of_an_error_is_its_constructor) {
    EXPECT_EQ(repr(ValueError("bad")), "ValueError('bad')");
    EXPECT_EQ(repr(CancelledError()), "CancelledError()");
    EXPECT_EQ(repr(std::make_exception_ptr(std::runtime_error("it's"))), "std::runtime_error(\"it's\")");
    EXPECT_EQ(repr(std::make_exception_ptr(CancelledError("stop"))), "CancelledError('stop')");
    EXPECT_EQ(repr(std::make_exception_ptr(7)), "int()");
    EXPECT_EQ(repr(std::exception_ptr()), "None");
    const ExceptionGroup group("two", {std::make_exception_ptr(ValueError("a")), std::make_exception_ptr(7)});
    EXPECT_EQ(repr(group), "ExceptionGroup('two', [ValueError('a'), int()])");
}

CO_TEST(Repr, of_outcomes_is_their_value_or_their_error) {
    const auto [value, none, error] = co_await gather(return_exceptions, five(), nothing(), bad());
    EXPECT_EQ(repr(std::tuple(value, none, error)), "(5, None, ValueError('bad'))");
    EXPECT_EQ(repr(Outcome<void>()), "None");
}

TEST(Repr, of_other_types_is_as_they_are_printed_or_their_name) {
    EXPECT_EQ(repr(Json{{"a", 1}}), R"({"a":1})");
    EXPECT_EQ(repr(std::chrono::milliseconds(5)), "5ms");
    EXPECT_TRUE(repr(Opaque()).ends_with("Opaque object>")) << repr(Opaque());
}

CO_TEST(Repr, of_a_future_says_its_state_and_its_result) {
    Future<std::string> future;
    EXPECT_EQ(repr(future), "<Future pending>");
    future.set_result("text");
    EXPECT_EQ(repr(future), "<Future finished result='text'>");
    EXPECT_EQ(repr(AnyFuture(future)), "<Future finished>");
    Future<> failed;
    failed.set_exception(ValueError("bad"));
    EXPECT_EQ(repr(failed), "<Future finished exception=ValueError('bad')>");
    CO_EXPECT_RAISES(co_await failed, ValueError);
    Future<> cancelled;
    cancelled.cancel();
    EXPECT_EQ(repr(cancelled), "<Future cancelled>");
}

CO_TEST(Repr, of_a_task_says_its_name_and_its_result) {
    const Task<int> task = create_task(five(), "five");
    EXPECT_TRUE(repr(task).starts_with("<Task pending name='five' coro=<")) << repr(task);
    co_await task;
    EXPECT_TRUE(repr(task).ends_with(" result=5>")) << repr(task);
    const Task<> done = create_task(nothing(), "nothing");
    co_await done;
    EXPECT_TRUE(repr(done).ends_with(" result=None>")) << repr(done);
}

CO_TEST(Repr, of_a_failed_task_does_not_retrieve_its_error) {
    const Reports reports;
    {
        const Task<int> task = create_task(bad());
        co_await sleep(0);
        EXPECT_TRUE(repr(task).ends_with(" exception=ValueError('bad')>")) << repr(task);
    }
    EXPECT_EQ(reports.only().message, "Task exception was never retrieved");
}

CO_TEST(Repr, of_a_coroutine_names_its_function) {
    Coro<int> coro = five();
    EXPECT_TRUE(repr(coro).starts_with("<coroutine object ") && repr(coro).ends_with("five>")) << repr(coro);
    co_await coro;
    EXPECT_EQ(repr(coro), "<coroutine object, awaited>");
}

CO_TEST(Repr, is_what_print_shows_of_tasks_futures_and_loops) {
    Future<int> future;
    const Task<int> task = create_task(five());
    const AnyTask any = task;
    EXPECT_EQ(std::format("{}", future), "<Future pending>");
    EXPECT_EQ(std::format("{:>18}", future), "  <Future pending>");
    EXPECT_EQ(std::format("{}", task), repr(task));
    EXPECT_EQ(std::format("{}", any), repr(task));
    EXPECT_EQ(std::format("{}", std::vector{task}), "[" + repr(task) + "]");
    EXPECT_EQ(std::format("{}", get_running_loop()), "<EventLoop running=True closed=False debug=False>");
    co_await task;
}

} // namespace
} // namespace asyncio::test
