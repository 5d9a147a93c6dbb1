#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> log_and_give(Log& log, int value, Counted = {}) {
    log.push_back("runs");
    co_return value;
}

CO_TEST(Coro, does_not_start_until_it_is_awaited) {
    Log log;
    auto coro = log_and_give(log, 1);
    EXPECT_TRUE(log.empty());
    EXPECT_EQ(co_await coro, 1);
    EXPECT_EQ(log, Log{"runs"});
}

CO_TEST(Coro, runs_in_the_awaiting_task_without_a_turn_of_the_loop) {
    Log log;
    get_running_loop().call_soon([&] { log.push_back("next turn"); });
    const AnyTask caller = current_task();
    auto inner = [&]() -> Coro<> {
        EXPECT_EQ(current_task(), caller);
        co_return;
    };
    co_await inner();
    co_await log_and_give(log, 1);
    EXPECT_EQ(log, Log{"runs"});
    co_await sleep(0);
    EXPECT_EQ(log, (Log{"runs", "next turn"}));
}

CO_TEST(Coro, frees_its_arguments_and_locals_as_soon_as_the_await_is_over) {
    Log log;
    EXPECT_EQ(co_await log_and_give(log, 2), 2);
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Coro, frees_its_arguments_when_closed_unrun) {
    Reports reports;
    Log log;
    auto coro = log_and_give(log, 3);
    EXPECT_EQ(Counted::alive, 1);
    coro.close();
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_TRUE(reports.all().empty());
    co_return;
}

CO_TEST(Coro, refuses_a_second_await) {
    Log log;
    auto coro = log_and_give(log, 4);
    co_await coro;
    CO_EXPECT_RAISES(co_await coro, RuntimeError);
}

CO_TEST(Coro, refuses_a_second_await_of_one_that_became_a_task) {
    Log log;
    auto coro = log_and_give(log, 4);
    auto task = create_task(std::move(coro));
    CO_EXPECT_RAISES(co_await coro, RuntimeError);
    co_await task;
}

Coro<std::unique_ptr<int>> owner() { co_return std::make_unique<int>(5); }

CO_TEST(Coro, gives_a_result_that_can_only_be_moved) { EXPECT_EQ(*co_await owner(), 5); }

Coro<int&> reference_to(int& value) {
    co_await sleep(0);
    co_return value;
}

CO_TEST(Coro, gives_a_reference) {
    int value = 1;
    (co_await reference_to(value)) = 7;
    EXPECT_EQ(value, 7);
}

struct Immovable {
    explicit Immovable(int) {}
    Immovable(const Immovable&) = delete;
};

Coro<Immovable&> immovable_at(Immovable& there) { co_return there; }

CO_TEST(Coro, gives_a_reference_to_what_cannot_even_be_moved) {
    Immovable there(1);
    EXPECT_EQ(&co_await immovable_at(there), &there);
}

Coro<> fail() {
    co_await sleep(0);
    throw std::logic_error("inside");
}

CO_TEST(Coro, raises_what_leaves_its_body) {
    try {
        co_await fail();
        ADD_FAILURE();
    } catch (const std::logic_error& error) {
        EXPECT_STREQ(error.what(), "inside");
    }
}

Coro<> hold(Counted, std::unique_ptr<Counted> owned) {
    const Counted local;
    co_await sleep(100);
    EXPECT_TRUE(owned);
}

CO_TEST(Coro, frees_its_frame_when_it_is_cancelled_in_mid_wait) {
    auto task = create_task(hold({}, std::make_unique<Counted>()));
    co_await sleep(1);
    EXPECT_EQ(Counted::alive, 3);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(Counted::alive, 0);
}

/// A custom awaitable that does not suspend.
struct Ready {
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    int await_resume() const noexcept { return 11; }
};
struct WithMember {
    Ready operator co_await() const noexcept { return {}; }
};
struct WithFree {};
Ready operator co_await(WithFree) noexcept { return {}; }

CO_TEST(Coro, awaits_awaiters_and_types_with_operator_co_await) {
    EXPECT_EQ(co_await Ready(), 11);
    EXPECT_EQ(co_await WithMember(), 11);
    EXPECT_EQ(co_await WithFree(), 11);
}

CO_TEST(Coro, moves_by_assignment_and_closes_what_it_held) {
    Log log;
    auto one = log_and_give(log, 1);
    auto two = log_and_give(log, 2);
    one = std::move(two);
    EXPECT_EQ(Counted::alive, 1);
    EXPECT_EQ(co_await one, 2);
}

} // namespace
} // namespace asyncio::test
