#include <asyncio/detail/copyable.hpp>

#include "support.hpp"

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <span>
#include <variant>

namespace asyncio::test {
namespace {

using Owner = std::unique_ptr<int>;

struct Branch : std::vector<std::map<int, Branch>> {};

TEST(MoveOnlyResult, is_told_by_the_elements_of_a_container) {
    static_assert(!detail::copyable<Owner>);
    static_assert(!detail::copyable<std::vector<Owner>>);
    static_assert(!detail::copyable<std::deque<std::vector<Owner>>>);
    static_assert(!detail::copyable<std::map<int, Owner>>);
    static_assert(!detail::copyable<std::map<Owner, int>>);
    static_assert(!detail::copyable<std::set<Owner>>);
    static_assert(!detail::copyable<std::queue<Owner>>);
    static_assert(!detail::copyable<std::optional<std::vector<Owner>>>);
    static_assert(!detail::copyable<std::pair<int, std::vector<Owner>>>);
    static_assert(!detail::copyable<std::tuple<int, std::vector<Owner>>>);
    static_assert(!detail::copyable<std::array<std::vector<Owner>, 2>>);
    static_assert(!detail::copyable<std::variant<int, std::vector<Owner>>>);
    static_assert(!detail::copyable<Outcome<std::vector<Owner>>>);
    static_assert(!detail::copyable<std::vector<Outcome<Owner>>>);
    static_assert(!detail::copyable<std::vector<http::ClientResponse>>);
}

TEST(MoveOnlyResult, is_not_what_refers_to_elements_or_shares_them) {
    static_assert(detail::copyable<int>);
    static_assert(detail::copyable<std::string>);
    static_assert(detail::copyable<std::map<std::string, std::vector<int>>>);
    static_assert(detail::copyable<std::span<Owner>>);
    static_assert(detail::copyable<std::shared_ptr<Owner>>);
    static_assert(detail::copyable<std::vector<Task<Owner>>>);
    static_assert(detail::copyable<Outcome<void>>);
    static_assert(detail::copyable<Json>);
    static_assert(detail::copyable<Branch>);
}

Coro<std::vector<Owner>> owners(int count) {
    std::vector<Owner> owners;
    for (int i = 0; i < count; ++i) owners.push_back(std::make_unique<int>(i));
    co_await sleep(0);
    co_return owners;
}

CO_TEST(MoveOnlyResult, in_a_container_can_be_awaited_directly_and_from_a_task) {
    EXPECT_EQ((co_await owners(2)).size(), 2u);
    EXPECT_EQ((co_await create_task(owners(3))).size(), 3u);
    EXPECT_EQ((co_await wait_for(owners(4), 1)).size(), 4u);
    EXPECT_EQ((co_await shield(owners(5))).size(), 5u);
}

CO_TEST(MoveOnlyResult, in_a_container_is_referred_to_by_result) {
    Task<std::vector<Owner>> task = create_task(owners(2));
    co_await wait(std::array{task});
    EXPECT_EQ(*task.result().at(1), 1);
    EXPECT_EQ((co_await std::move(task)).size(), 2u);
}

CO_TEST(MoveOnlyResult, in_a_container_can_be_gathered) {
    auto [two, text] = co_await gather(owners(2), []() -> Coro<std::string> { co_return "text"; });
    EXPECT_EQ(two.size(), 2u);
    std::vector<Coro<Owner>> coros;
    coros.push_back([]() -> Coro<Owner> { co_return std::make_unique<int>(7); }());
    const std::vector<Owner> gathered = co_await gather(std::move(coros));
    EXPECT_EQ(*gathered.at(0), 7);
    std::vector<Coro<std::vector<Owner>>> lists;
    lists.push_back(owners(3));
    auto outcomes = co_await gather(return_exceptions, std::move(lists));
    EXPECT_EQ(outcomes.at(0)->size(), 3u);
}

CO_TEST(MoveOnlyResult, in_a_map_or_an_optional_can_be_awaited) {
    const auto named = [] -> Coro<std::map<int, Owner>> {
        std::map<int, Owner> named;
        named.emplace(1, std::make_unique<int>(5));
        co_return named;
    };
    EXPECT_EQ(*(co_await create_task(named)).at(1), 5);
    const auto maybe = [] -> Coro<std::optional<std::vector<Owner>>> { co_return std::nullopt; };
    EXPECT_EQ(co_await create_task(maybe), std::nullopt);
}

CO_TEST(MoveOnlyResult, in_a_container_completes_a_future_once) {
    Future<std::vector<Owner>> future;
    future.set_result(std::vector<Owner>(2));
    EXPECT_EQ((co_await future).size(), 2u);
}

CO_TEST(MoveOnlyResult, in_a_container_comes_from_as_completed_an_executor_and_a_generator) {
    auto done = as_completed(owners(1), owners(1));
    while (auto list = co_await done.next()) EXPECT_EQ(list->size(), 1u);
    EXPECT_EQ((co_await to_thread([] { return std::vector<Owner>(2); })).size(), 2u);
    auto lists = [] -> AsyncGenerator<std::vector<Owner>> { co_yield std::vector<Owner>(3); };
    auto generator = lists();
    EXPECT_EQ((co_await generator.next())->size(), 3u);
}

TEST(MoveOnlyResult, in_a_container_leaves_run) { EXPECT_EQ(run_virtual(owners(2)).size(), 2u); }

} // namespace
} // namespace asyncio::test
