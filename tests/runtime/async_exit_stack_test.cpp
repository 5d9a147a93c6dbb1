#include "support.hpp"

namespace asyncio::test {
namespace {

struct Named {
    Log* log;
    std::string name;
    Coro<std::string> aenter() {
        co_await sleep(1);
        log->push_back("enter " + name);
        co_return name;
    }
    Coro<> aexit(std::exception_ptr error) {
        co_await sleep(1);
        log->push_back("exit " + name + (error ? " with " + describe(error) : ""));
    }
};

CO_TEST(AsyncExitStack, leaves_what_was_entered_in_reverse_order) {
    Log log;
    Named first{&log, "first"};
    co_await async_with(AsyncExitStack{}, [&](AsyncExitStack& stack) -> Coro<> {
        EXPECT_EQ(co_await stack.enter_async_context(first), "first");
        EXPECT_EQ(co_await stack.enter_async_context(Named{&log, "second"}), "second");
        stack.callback([&log](std::string text) { log.push_back(text); }, "callback");
        stack.push_async_callback([&log]() -> Coro<> {
            co_await sleep(1);
            log.push_back("async callback");
        });
    });
    EXPECT_EQ(
        log, (Log{"enter first", "enter second", "async callback", "callback", "exit second", "exit first"}));
}

CO_TEST(AsyncExitStack, gives_a_manager_whose_aenter_gives_nothing) {
    co_await async_with(AsyncExitStack{}, [](AsyncExitStack& stack) -> Coro<> {
        Timeout& deadline = co_await stack.enter_async_context(timeout(1));
        EXPECT_FALSE(deadline.expired());
        co_await stack.enter_async_context(TaskGroup{});
    });
}

CO_TEST(AsyncExitStack, hands_an_error_down_until_somebody_ends_it) {
    Log log;
    co_await async_with(AsyncExitStack{}, [&](AsyncExitStack& stack) -> Coro<> {
        stack.push_async_exit(Named{&log, "outer"});
        stack.push_async_exit([](const std::exception_ptr& error) { return error != nullptr; });
        stack.push_async_exit([&log](const std::exception_ptr& error) -> Coro<> {
            log.push_back("sees " + describe(error));
            throw ValueError("replaced");
            co_return;
        });
        stack.push_async_exit(Named{&log, "inner"});
        throw RuntimeError("body");
        co_return;
    });
    EXPECT_EQ(log, (Log{"exit inner with RuntimeError: body", "sees RuntimeError: body", "exit outer"}));
}

CO_TEST(AsyncExitStack, raises_what_is_left_of_the_error) {
    auto replaced = [](AsyncExitStack& stack) -> Coro<> {
        stack.callback([] { throw ValueError("while leaving"); });
        throw RuntimeError("body");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(AsyncExitStack{}, replaced), ValueError);
    auto passed = [](AsyncExitStack&) -> Coro<> {
        throw RuntimeError("body");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(AsyncExitStack{}, passed), RuntimeError);
}

CO_TEST(AsyncExitStack, pop_all_keeps_everything_for_later) {
    Log log;
    AsyncExitStack kept;
    co_await async_with(AsyncExitStack{}, [&](AsyncExitStack& stack) -> Coro<> {
        co_await stack.enter_async_context(Named{&log, "one"});
        kept = stack.pop_all();
    });
    EXPECT_EQ(log, Log{"enter one"});
    co_await kept.aclose();
    EXPECT_EQ(log, (Log{"enter one", "exit one"}));
    co_await kept.aclose();
    EXPECT_EQ(log.size(), 2u);
}

CO_TEST(AsyncExitStack, leaves_the_rest_when_it_cannot_enter_one_more) {
    Log log;
    struct Refuses {
        void aenter() { throw ValueError("closed"); }
        void aexit(const std::exception_ptr&) { ADD_FAILURE() << "it was never entered"; }
    };
    auto body = [&](AsyncExitStack& stack) -> Coro<> {
        co_await stack.enter_async_context(Named{&log, "one"});
        co_await stack.enter_async_context(Refuses{});
    };
    CO_EXPECT_RAISES(co_await async_with(AsyncExitStack{}, body), ValueError);
    EXPECT_EQ(log, (Log{"enter one", "exit one with ValueError: closed"}));
}

} // namespace
} // namespace asyncio::test
