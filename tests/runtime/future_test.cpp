#include "support.hpp"

#include <stdexcept>
#include <unordered_set>

namespace asyncio::test {
namespace {

CO_TEST(Future, is_pending_until_its_result_is_set) {
    Future<int> future;
    EXPECT_FALSE(future.done());
    EXPECT_FALSE(future.cancelled());
    future.set_result(4);
    EXPECT_TRUE(future.done());
    EXPECT_EQ(future.result(), 4);
    EXPECT_EQ(future.exception(), nullptr);
    EXPECT_EQ(co_await future, 4);
    EXPECT_EQ(co_await future, 4);
}

CO_TEST(Future, awaiting_a_done_one_does_not_suspend) {
    Future<> future;
    future.set_result();
    Log log;
    get_running_loop().call_soon([&] { log.push_back("next turn"); });
    co_await future;
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
}

CO_TEST(Future, wakes_all_who_await_it_in_the_next_turn_in_their_order) {
    Future<int> future;
    Log log;
    auto awaiting = [&](std::string name) -> Coro<> {
        EXPECT_EQ(co_await future, 1);
        log.push_back(name);
    };
    auto all = gather(awaiting("a"), awaiting("b"), awaiting("c"));
    co_await sleep(0);
    future.set_result(1);
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
    EXPECT_EQ(log, (Log{"a", "b", "c"}));
    co_await all;
}

CO_TEST(Future, raises_its_error_at_each_await) {
    Future<int> future;
    future.set_exception(std::logic_error("broken"));
    EXPECT_TRUE(future.done());
    EXPECT_NE(future.exception(), nullptr);
    CO_EXPECT_RAISES(future.result(), std::logic_error);
    CO_EXPECT_RAISES(co_await future, std::logic_error);
    CO_EXPECT_RAISES(co_await future, std::logic_error);
}

CO_TEST(Future, raises_CancelledError_with_the_message_once_cancelled) {
    Future<int> future;
    EXPECT_TRUE(future.cancel("enough"));
    EXPECT_FALSE(future.cancel());
    EXPECT_TRUE(future.cancelled());
    EXPECT_TRUE(future.done());
    CO_EXPECT_RAISES(future.result(), CancelledError);
    CO_EXPECT_RAISES(future.exception(), CancelledError);
    try {
        co_await future;
        ADD_FAILURE();
    } catch (const CancelledError& error) {
        EXPECT_EQ(error.message(), "enough");
    }
}

CO_TEST(Future, is_cancelled_with_the_task_that_awaits_it) {
    Future<> future;
    auto task = create_task([&]() -> Coro<> { co_await future; });
    co_await sleep(0);
    task.cancel();
    EXPECT_TRUE(future.cancelled());
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(Future, refuses_to_be_read_while_it_is_pending) {
    Future<int> future;
    CO_EXPECT_RAISES(future.result(), InvalidStateError);
    CO_EXPECT_RAISES(future.exception(), InvalidStateError);
    co_return;
}

CO_TEST(Future, refuses_a_second_outcome) {
    Future<int> future;
    future.set_result(1);
    CO_EXPECT_RAISES(future.set_result(2), InvalidStateError);
    CO_EXPECT_RAISES(future.set_exception(std::logic_error("late")), InvalidStateError);
    EXPECT_FALSE(future.cancel());
    EXPECT_EQ(future.result(), 1);
    Future<int> cancelled;
    cancelled.cancel();
    CO_EXPECT_RAISES(cancelled.set_result(2), InvalidStateError);
    co_return;
}

CO_TEST(Future, refuses_a_null_error) {
    Future<int> future;
    CO_EXPECT_RAISES(future.set_exception(std::exception_ptr()), ValueError);
    EXPECT_FALSE(future.done());
    co_return;
}

CO_TEST(Future, gives_a_result_that_can_only_be_moved_once) {
    Future<std::unique_ptr<int>> future;
    future.set_result(std::make_unique<int>(3));
    EXPECT_EQ(*future.result(), 3); // a reference: the result stays
    EXPECT_EQ(*co_await future, 3);
    EXPECT_EQ(future.result(), nullptr);
}

CO_TEST(Future, gives_a_reference) {
    int value = 0;
    Future<int&> future;
    future.set_result(value);
    (co_await future) = 6;
    EXPECT_EQ(value, 6);
    EXPECT_EQ(&future.result(), &value);
}

CO_TEST(Future, is_a_shared_handle) {
    Future<int> future;
    const Future<int> same = future;
    const Future<int> other;
    EXPECT_EQ(future, same);
    EXPECT_NE(future, other);
    std::unordered_set<Future<int>> set{future, same, other};
    EXPECT_EQ(set.size(), 2u);
    same.set_result(2);
    EXPECT_EQ(co_await future, 2);
}

CO_TEST(Future, frees_its_result_with_its_last_handle) {
    {
        Future<std::unique_ptr<Counted>> future;
        future.set_result(std::make_unique<Counted>());
        EXPECT_EQ(Counted::alive, 1);
    }
    EXPECT_EQ(Counted::alive, 0);
    co_return;
}

CO_TEST(Future, belongs_to_the_loop_that_made_it) {
    EventLoop& loop = get_running_loop();
    EXPECT_EQ(&loop.create_future<int>().get_loop(), &loop);
    co_return;
}

TEST(Future, cannot_be_made_without_a_running_loop) { EXPECT_THROW((void)Future<int>(), RuntimeError); }

TEST(Future, names_its_states) {
    EXPECT_STREQ(to_string(FutureState::pending), "pending");
    EXPECT_STREQ(to_string(FutureState::cancelled), "cancelled");
    EXPECT_STREQ(to_string(FutureState::finished), "finished");
}

TEST(Future, can_outlive_its_loop) {
    std::optional<Future<int>> kept;
    run_virtual([](std::optional<Future<int>>& kept) -> Coro<> {
        kept.emplace();
        kept->add_done_callback([] { ADD_FAILURE() << "there is no loop to call it"; });
        co_return;
    }(kept));
    kept->set_result(1);
    EXPECT_EQ(kept->result(), 1);
}

CO_TEST(Future, is_awaited_whatever_its_result) {
    Future<int> number;
    const AnyFuture any = number;
    number.set_result(4);
    co_await any;
    Future<> failed;
    failed.set_exception(ValueError("no"));
    CO_EXPECT_RAISES(co_await AnyFuture(failed), ValueError);
}

} // namespace
} // namespace asyncio::test
