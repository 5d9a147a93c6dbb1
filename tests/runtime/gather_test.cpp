#include "support.hpp"

#include <array>
#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> give(int value, double after = 0) {
    co_await sleep(after);
    co_return value;
}

Coro<int> fail(double after = 0, Counted = {}) {
    co_await sleep(after);
    throw std::runtime_error("failed");
}

CO_TEST(Gather, gives_results_in_the_order_of_the_arguments_not_of_their_ends) {
    auto [a, b, c] = co_await gather(give(1, 3), give(2, 1), give(3, 2));
    EXPECT_EQ(std::tuple(a, b, c), std::tuple(1, 2, 3));
    EXPECT_EQ(get_running_loop().time(), 3);
}

CO_TEST(Gather, gives_each_result_its_own_type_and_void_a_monostate) {
    auto nothing = []() -> Coro<> { co_return; };
    auto text = []() -> Coro<std::string> { co_return "text"; };
    auto result = co_await gather(give(1), nothing(), text());
    static_assert(std::same_as<decltype(result), std::tuple<int, std::monostate, std::string>>);
    EXPECT_EQ(std::get<2>(result), "text");
}

CO_TEST(Gather, gives_what_can_only_be_moved_and_references) {
    int value = 0;
    auto owner = []() -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
    auto reference = [](int& value) -> Coro<int&> { co_return value; };
    auto [owned, referred] = co_await gather(owner(), reference(value));
    EXPECT_EQ(*owned, 5);
    referred.get() = 3;
    EXPECT_EQ(value, 3);
}

CO_TEST(Gather, gives_a_vector_for_a_range) {
    std::vector<Coro<int>> coros;
    for (int i = 0; i < 100; ++i) coros.push_back(give(i, 100 - i));
    std::vector<int> expected;
    for (int i = 0; i < 100; ++i) expected.push_back(i);
    EXPECT_EQ(co_await gather(std::move(coros)), expected);
}

CO_TEST(Gather, gives_results_of_one_type_as_an_array) {
    const auto results = co_await gather(give(1), give(2), give(3));
    static_assert(std::same_as<decltype(results), const std::array<int, 3>>);
    EXPECT_EQ(results[1], 2);
    int sum = 0;
    for (const int result : results) sum += result;
    EXPECT_EQ(sum, 6);
    int a = 0;
    int b = 0;
    std::tie(a, b) = co_await gather(give(4), give(5));
    EXPECT_EQ(a * b, 20);
}

CO_TEST(Gather, joins_several_ranges_and_single_arguments_in_one_vector) {
    std::vector<Coro<int>> coros;
    for (int i = 1; i < 3; ++i) coros.push_back(give(i));
    const std::array tasks{create_task(give(4)), create_task(give(5))};
    const auto lambda = [] -> Coro<int> { co_return 3; };
    EXPECT_EQ(co_await gather(std::move(coros), lambda, tasks, give(6)), (std::vector{1, 2, 3, 4, 5, 6}));
    const auto outcomes = co_await gather(return_exceptions, tasks, fail());
    EXPECT_EQ(outcomes.size(), 3u);
    EXPECT_FALSE(outcomes.back());
}

CO_TEST(Gather, takes_a_range_of_functions_and_leaves_it_as_it_is) {
    std::vector<std::function<Coro<int>()>> jobs;
    for (int i = 0; i < 3; ++i) jobs.emplace_back([i] { return give(i); });
    EXPECT_EQ(co_await gather(jobs), (std::vector{0, 1, 2}));
    EXPECT_EQ(co_await gather(jobs), (std::vector{0, 1, 2}));
}

CO_TEST(Gather, takes_a_range_of_tasks_and_leaves_it_as_it_is) {
    std::array tasks{create_task(give(1)), create_task(give(2))};
    EXPECT_EQ(co_await gather(tasks), (std::vector{1, 2}));
    EXPECT_TRUE(tasks[0].done());
}

CO_TEST(Gather, takes_a_view) {
    auto coros = std::views::iota(1, 4) | std::views::transform([](int i) { return give(i); });
    EXPECT_EQ(co_await gather(coros | std::ranges::to<std::vector>()), (std::vector{1, 2, 3}));
}

CO_TEST(Gather, starts_its_coroutines_at_the_call_in_their_order) {
    Log log;
    auto note = [&](std::string name) -> Coro<> {
        log.push_back(name);
        co_return;
    };
    auto all = gather(note("a"), note("b"));
    EXPECT_EQ(all_tasks().size(), 3u);
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
    EXPECT_EQ(log, (Log{"a", "b"}));
    co_await all;
}

CO_TEST(Gather, of_nothing_is_done_at_once) {
    EXPECT_EQ(co_await gather(), std::tuple<>());
    EXPECT_TRUE((co_await gather(std::vector<Coro<int>>())).empty());
    EXPECT_TRUE((co_await gather(return_exceptions, std::vector<Task<int>>())).empty());
}

CO_TEST(Gather, of_done_tasks_is_done_at_once) {
    auto task = create_task(give(1));
    co_await task;
    auto all = gather(task);
    EXPECT_TRUE(all.done());
    EXPECT_EQ(std::get<0>(all.result()), 1);
}

CO_TEST(Gather, of_one_task_twice_fills_both_slots) {
    auto task = create_task(give(4));
    EXPECT_EQ(co_await gather(task, task), (std::array{4, 4}));
    auto other = create_task(give(5));
    EXPECT_EQ(co_await gather(std::vector{other, task, other}), (std::vector{5, 4, 5}));
}

CO_TEST(Gather, raises_the_first_error_at_once_and_lets_the_others_go_on) {
    auto slow = create_task(give(1, 10));
    CO_EXPECT_RAISES(co_await gather(slow, fail(2), fail(3)), std::runtime_error);
    EXPECT_EQ(get_running_loop().time(), 2);
    EXPECT_FALSE(slow.done());
    EXPECT_EQ(co_await slow, 1);
}

CO_TEST(Gather, a_later_error_of_another_child_is_not_reported_as_never_retrieved) {
    Reports reports;
    CO_EXPECT_RAISES(co_await gather(fail(1), fail(2)), std::runtime_error);
    co_await sleep(5);
    EXPECT_TRUE(reports.all().empty());
}

CO_TEST(Gather, with_return_exceptions_gives_outcomes) {
    auto [good, bad] = co_await gather(return_exceptions, give(1), fail(1));
    static_assert(std::same_as<decltype(good), Outcome<int>>);
    EXPECT_EQ(good, 1);
    EXPECT_FALSE(bad.has_value());
    EXPECT_EQ(describe(bad.error()), "std::runtime_error: failed");
}

CO_TEST(Gather, with_return_exceptions_over_a_range_gives_outcomes) {
    std::vector<Coro<int>> coros;
    coros.push_back(give(1));
    coros.push_back(fail());
    auto outcomes = co_await gather(return_exceptions, std::move(coros));
    EXPECT_EQ(outcomes.at(0), 1);
    EXPECT_FALSE(outcomes.at(1).has_value());
}

CO_TEST(Gather, with_return_exceptions_a_cancelled_child_is_an_outcome_too) {
    auto child = create_task(give(1, 10));
    co_await sleep(0);
    child.cancel("gone");
    auto [outcome, other] = co_await gather(return_exceptions, child, give(2));
    EXPECT_EQ(describe(outcome.error()), "CancelledError"); // without the message, as in Python
    EXPECT_EQ(other, 2);
}

CO_TEST(Gather, a_child_cancelled_by_another_raises_but_cancels_neither_the_others_nor_the_task) {
    auto child = create_task(give(1, 10));
    auto sibling = create_task(give(2, 20));
    auto all = gather(child, sibling);
    co_await sleep(0);
    child.cancel();
    CO_EXPECT_RAISES(co_await all, CancelledError);
    EXPECT_FALSE(all.cancelled()); // as in Python: it ended with the error CancelledError
    EXPECT_EQ(current_task().cancelling(), 0u);
    EXPECT_EQ(co_await sibling, 2);
}

CO_TEST(Gather, cancelling_it_cancels_the_children) {
    auto one = create_task(give(1, 10));
    auto two = create_task(give(2, 10));
    auto all = gather(one, two);
    co_await sleep(0);
    EXPECT_TRUE(all.cancel("stop"));
    EXPECT_FALSE(all.done()); // once they have ended
    CO_EXPECT_RAISES(co_await all, CancelledError);
    EXPECT_TRUE(one.cancelled());
    EXPECT_TRUE(two.cancelled());
}

CO_TEST(Gather, cancelling_the_task_that_awaits_it_cancels_the_children) {
    auto one = create_task(give(1, 10));
    auto two = create_task(give(2, 10));
    auto outer = create_task([&]() -> Coro<> { co_await gather(one, two); });
    co_await sleep(1);
    outer.cancel();
    CO_EXPECT_RAISES(co_await outer, CancelledError);
    EXPECT_TRUE(one.cancelled());
    EXPECT_TRUE(two.cancelled());
}

CO_TEST(Gather, cancelled_with_return_exceptions_raises_CancelledError_all_the_same) {
    auto one = create_task(give(1, 10));
    auto all = gather(return_exceptions, one);
    co_await sleep(0);
    all.cancel();
    CO_EXPECT_RAISES(co_await all, CancelledError);
}

CO_TEST(Gather, cancelled_keeps_the_error_a_child_raises_in_its_cleanup_with_the_child) {
    auto child = create_task([]() -> Coro<int> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            throw std::runtime_error("cleanup");
        }
        co_return 1;
    });
    auto all = gather(return_exceptions, child);
    co_await sleep(0);
    all.cancel();
    CO_EXPECT_RAISES(co_await all, CancelledError);
    CO_EXPECT_RAISES(co_await child, std::runtime_error);
}

CO_TEST(Gather, cannot_be_cancelled_once_it_is_done) {
    auto slow = create_task(give(1, 10));
    auto all = gather(slow, fail());
    CO_EXPECT_RAISES(co_await all, std::runtime_error);
    EXPECT_FALSE(all.cancel());
    EXPECT_FALSE(slow.cancelled());
    EXPECT_EQ(co_await slow, 1);
}

CO_TEST(Gather, frees_its_children_and_its_results) {
    {
        auto make = [](Counted) -> Coro<std::unique_ptr<Counted>> { co_return std::make_unique<Counted>(); };
        auto [one, two] = co_await gather(make({}), make({}));
        EXPECT_EQ(Counted::alive, 2);
    }
    EXPECT_EQ(Counted::alive, 0);
    CO_EXPECT_RAISES(co_await gather(fail(), fail()), std::runtime_error);
    co_await turns(2);
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Gather, nests) {
    auto both = [](int from) -> Coro<std::array<int, 2>> {
        co_return co_await gather(give(from), give(from + 1));
    };
    auto [left, right] = co_await gather(both(1), both(3));
    EXPECT_EQ(std::tuple_cat(left, right), std::tuple(1, 2, 3, 4));
    auto [inner, single] = co_await gather(gather(give(1), give(2)), give(3));
    EXPECT_EQ(inner, (std::array{1, 2}));
    EXPECT_EQ(single, 3);
}

CO_TEST(Gather, of_a_future_that_is_never_done_goes_with_its_handles) {
    {
        Future<int> never;
        gather(never).add_done_callback([counted = Counted()] {});
    }
    EXPECT_EQ(Counted::alive, 0);
    {
        Future<int> never;
        auto all = gather(never, never, give(1));
        all.add_done_callback([counted = Counted()] {});
        co_await turns(4);
        EXPECT_EQ(Counted::alive, 1);
    }
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Gather, outlives_a_child_that_goes_without_being_done) {
    std::optional<Future<int>> child(std::in_place);
    auto all = gather(*child);
    child.reset();
    EXPECT_FALSE(all.cancel());
    EXPECT_FALSE(all.done());
    co_return;
}

CO_TEST(Gather, cancelled_raises_with_the_message_of_the_last_argument) {
    auto slow = create_task(give(1, 2));
    auto fast = create_task(give(2, 1));
    auto all = gather(return_exceptions, slow, fast);
    co_await sleep(0);
    fast.cancel("the fast one's");
    co_await sleep(0);
    EXPECT_TRUE(all.cancel("the others'"));
    try {
        co_await all;
        ADD_FAILURE() << "raised nothing";
    } catch (const CancelledError& error) {
        EXPECT_EQ(error.message(), "the fast one's");
    }
}

CO_TEST(Gather, cancelled_has_seen_the_errors_of_its_children) {
    const Reports reports;
    {
        auto failed = create_task(fail());
        auto all = gather(return_exceptions, failed, give(1, 5));
        co_await turns(3);
        EXPECT_TRUE(all.cancel());
        CO_EXPECT_RAISES(co_await all, CancelledError);
    }
    EXPECT_EQ(reports.messages(), Log());
}

CO_TEST(Gather, keeps_lambdas_alive_that_are_handed_over_uncalled) {
    const std::string text = "a text that is too long to be stored in place";
    auto [first, second, third] = co_await gather(
        [kept = text]() -> Coro<std::string> {
            co_await sleep(1);
            co_return kept;
        },
        []() -> Coro<> { co_await sleep(1); }, sleep(1, 3));
    EXPECT_EQ(first, text);
    EXPECT_EQ(second, std::monostate());
    EXPECT_EQ(third, 3);
}

CO_TEST(Gather, takes_a_range_of_lambdas) {
    const auto make = [](std::string text) {
        return [kept = std::move(text)]() -> Coro<std::string> {
            co_await sleep(1);
            co_return kept;
        };
    };
    std::vector<decltype(make(""))> all;
    for (int i = 0; i < 3; ++i) all.push_back(make(std::string(40, static_cast<char>('a' + i))));
    const std::vector<std::string> got = co_await gather(std::move(all));
    EXPECT_EQ(got,
              (std::vector<std::string>{std::string(40, 'a'), std::string(40, 'b'), std::string(40, 'c')}));
    const auto outcomes = co_await gather(return_exceptions, []() -> Coro<int> {
        throw ValueError("no");
        co_return 1;
    });
    EXPECT_FALSE(std::get<0>(outcomes).has_value());
}

} // namespace
} // namespace asyncio::test
