#include "support.hpp"

#include "../../runtime/src/trace/await_graph_json.hpp"
#include "../../runtime/src/trace/wait_cycles.hpp"

#include <nlohmann/json.hpp>

namespace asyncio::test {
namespace {

using Cycles = std::vector<std::vector<std::size_t>>;

TEST(WaitCycles, finds_none_where_the_waits_end) {
    EXPECT_EQ(detail::wait_cycles({}), Cycles());
    EXPECT_EQ(detail::wait_cycles({{1, 2}, {2}, {}}), Cycles());
}

TEST(WaitCycles, finds_each_circle_with_its_members_in_order) {
    EXPECT_EQ(detail::wait_cycles({{1}, {2}, {0}}), (Cycles{{0, 1, 2}}));
    EXPECT_EQ(detail::wait_cycles({{1}, {1}, {3}, {2}}), (Cycles{{1}, {2, 3}}));
}

TEST(WaitCycles, goes_along_a_chain_of_any_length) {
    constexpr std::size_t length = 1'000'000;
    Cycles edges(length);
    for (std::size_t i = 0; i < length; ++i) edges[i] = {(i + 1) % length};
    EXPECT_EQ(detail::wait_cycles(edges).at(0).size(), length);
}

CO_TEST(AwaitGraphJson, draws_a_deadlock_by_the_order_of_locks_as_its_cycle) {
    Lock first;
    Lock second;
    const auto take = [](Lock& one, Lock& other) -> Coro<> {
        auto held = co_await one.scoped();
        co_await sleep(1);
        auto also = co_await other.scoped();
    };
    auto left = create_task(take(first, second), "left \xff");
    auto right = create_task(take(second, first), "right");
    co_await sleep(2);
    const auto graph = nlohmann::json::parse(
        detail::await_graph_json(get_running_loop(), {.reason = "asked", .loop_time = 2e6, .real_time = 3}));
    EXPECT_EQ(graph["reason"], "asked");
    EXPECT_EQ(graph["loopTime"], 2e6);
    EXPECT_EQ(graph["omitted"], 0);
    EXPECT_EQ(graph["cycles"].size(), 1u);
    EXPECT_EQ(graph["cycles"][0].size(), 2u);
    const nlohmann::json& waiting = graph["tasks"][1];
    EXPECT_EQ(waiting["name"], "left \uFFFD");
    EXPECT_EQ(waiting["state"], "suspended");
    EXPECT_EQ(waiting["stack"][0]["line"], std::source_location::current().line() - 15);
    const nlohmann::json& thing = graph["things"][waiting["waitsFor"].get<std::size_t>()];
    EXPECT_EQ(thing["kind"], "lock");
    EXPECT_EQ(thing["text"], "a Lock held by task 'right'");
    EXPECT_EQ(thing["holders"][0], graph["tasks"][2]["id"]);
    EXPECT_EQ(graph["tasks"][0]["waitsFor"], nullptr);
    left.cancel();
    co_await gather(return_exceptions, left, right);
}

CO_TEST(AwaitGraphJson, leads_through_a_gather_to_the_tasks_behind_it) {
    auto child = create_task(sleep(2), "child");
    auto parent = create_task([&]() -> Coro<> { co_await gather(child, sleep(1)); }, "parent");
    co_await sleep(0.5);
    const auto graph =
        nlohmann::json::parse(detail::await_graph_json(get_running_loop(), {.reason = "asked"}));
    const nlohmann::json& waiting = graph["tasks"][2];
    EXPECT_EQ(waiting["name"], "parent");
    const nlohmann::json& thing = graph["things"][waiting["waitsFor"].get<std::size_t>()];
    EXPECT_EQ(thing["kind"], "gather");
    EXPECT_EQ(thing["tasks"].size(), 2u);
    EXPECT_EQ(thing["tasks"][0], graph["tasks"][1]["id"]);
    EXPECT_TRUE(graph["cycles"].empty());
    co_await parent;
}

CO_TEST(AwaitGraphJson, of_very_many_tasks_shows_the_first) {
    std::vector<Task<>> tasks;
    for (int i = 0; i < 5000; ++i) tasks.push_back(create_task(sleep(2)));
    co_await sleep(1);
    const auto graph =
        nlohmann::json::parse(detail::await_graph_json(get_running_loop(), {.reason = "stop"}));
    EXPECT_EQ(graph["tasks"].size(), 2000u);
    EXPECT_EQ(graph["omitted"], 3001);
    co_await gather(tasks);
}

} // namespace
} // namespace asyncio::test
