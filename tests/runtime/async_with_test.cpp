#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<> fail() {
    throw std::runtime_error("body");
    co_return;
}

struct Plain {
    Log& log;
    void aenter() { log.push_back("enter"); }
    void aexit(const std::exception_ptr& error) {
        log.push_back(error ? "exit with " + describe(error) : "exit");
    }
};

CO_TEST(AsyncWith, enters_runs_the_body_and_exits) {
    Log log;
    Plain manager{log};
    co_await async_with(manager, [&](Plain& entered) -> Coro<> {
        EXPECT_EQ(&entered, &manager);
        log.push_back("body");
        co_return;
    });
    EXPECT_EQ(log, (Log{"enter", "body", "exit"}));
}

CO_TEST(AsyncWith, tells_exit_of_the_bodys_error_and_raises_it_afterwards) {
    Log log;
    CO_EXPECT_RAISES(co_await async_with(Plain{log}, fail), std::runtime_error);
    EXPECT_EQ(log, (Log{"enter", "exit with std::runtime_error: body"}));
}

CO_TEST(AsyncWith, exits_when_the_body_is_cancelled) {
    Log log;
    auto task = create_task(
        [&]() -> Coro<> { co_await async_with(Plain{log}, []() -> Coro<> { co_await sleep(10); }); });
    co_await sleep(1);
    task.cancel("stop");
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(log, (Log{"enter", "exit with CancelledError: stop"}));
}

struct Slow {
    Log& log;
    Coro<int> aenter() {
        co_await sleep(1);
        log.push_back("enter");
        co_return 5;
    }
    Coro<> aexit(std::exception_ptr) {
        co_await sleep(2);
        log.push_back("exit");
    }
};

CO_TEST(AsyncWith, awaits_enter_and_exit_and_hands_the_body_what_enter_gave) {
    Log log;
    const int value =
        co_await async_with(Slow{log}, [&](int& entered) -> Coro<int> { co_return entered + 1; });
    EXPECT_EQ(value, 6);
    EXPECT_EQ(log, (Log{"enter", "exit"}));
    EXPECT_EQ(get_running_loop().time(), 3);
}

struct Suppressing {
    void aenter() {}
    bool aexit(const std::exception_ptr& error) { return is<std::runtime_error>(error); }
};

CO_TEST(AsyncWith, exit_can_suppress_an_error_and_then_there_is_no_value) {
    EXPECT_FALSE(co_await async_with(Suppressing(), []() -> Coro<int> {
        co_await fail();
        co_return 1;
    }));
    EXPECT_EQ(co_await async_with(Suppressing(), []() -> Coro<int> { co_return 1; }), 1);
    co_await async_with(Suppressing(), fail);
    auto other = []() -> Coro<> {
        throw ValueError("other");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(Suppressing(), other), ValueError);
}

struct FailsToEnter {
    Log& log;
    void aenter() { throw std::runtime_error("enter"); }
    void aexit(const std::exception_ptr&) { log.push_back("exit"); }
};

CO_TEST(AsyncWith, that_cannot_enter_neither_runs_the_body_nor_exits) {
    Log log;
    auto body = [&]() -> Coro<> {
        log.push_back("body");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(FailsToEnter{log}, body), std::runtime_error);
    EXPECT_TRUE(log.empty());
}

struct FailsToExit {
    void aenter() {}
    void aexit(const std::exception_ptr&) { throw ValueError("exit"); }
};

CO_TEST(AsyncWith, an_error_in_exit_takes_the_place_of_the_bodys) {
    CO_EXPECT_RAISES(co_await async_with(FailsToExit(), fail), ValueError);
    CO_EXPECT_RAISES(co_await async_with(FailsToExit(), []() -> Coro<> { co_return; }), ValueError);
}

struct Holding {
    std::unique_ptr<Counted> held = std::make_unique<Counted>();
    void aenter() {}
    void aexit(const std::exception_ptr&) { EXPECT_EQ(Counted::alive, 2); }
};

CO_TEST(AsyncWith, keeps_a_temporary_manager_and_body_alive_and_frees_them_at_the_end) {
    auto make = [] {
        return async_with(Holding(), [counted = Counted()]() -> Coro<> { co_await sleep(1); });
    };
    co_await make();
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(AsyncWith, gives_what_can_only_be_moved_and_references) {
    Log log;
    int value = 0;
    auto owned = co_await async_with(
        Plain{log}, []() -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(3); });
    EXPECT_EQ(*owned, 3);
    EXPECT_EQ(co_await async_with(Plain{log}, [&]() -> Coro<int> { co_return value; }), 0);
}

Coro<Plain> make_slowly(Log& log) {
    co_await sleep(1);
    log.push_back("made");
    co_return Plain{log};
}

CO_TEST(AsyncWith, awaits_a_coroutine_that_gives_the_manager) {
    Log log;
    const int value = co_await async_with(make_slowly(log), [&]() -> Coro<int> {
        log.push_back("body");
        co_return 5;
    });
    EXPECT_EQ(value, 5);
    EXPECT_EQ(log, (Log{"made", "enter", "body", "exit"}));
}

Coro<Holding> fail_to_make() {
    co_await sleep(1);
    throw ValueError("not made");
}

CO_TEST(AsyncWith, without_a_manager_there_is_no_body) {
    CO_EXPECT_RAISES(co_await async_with(fail_to_make(),
                                         []() -> Coro<> {
                                             ADD_FAILURE() << "the body ran";
                                             co_return;
                                         }),
                     ValueError);
}

struct Limiter {
    explicit Limiter(int most) : slots(most) {}
    Coro<> aenter() { co_await slots.acquire(); }
    void aexit(const std::exception_ptr&) { slots.release(); }
    Semaphore slots;
};

struct Immovable : Limiter {
    using Limiter::Limiter;
    Immovable(const Immovable&) = delete;
};

CO_TEST(AsyncWith, takes_a_class_with_a_semaphore_made_in_place) {
    EXPECT_TRUE(co_await async_with(
        Limiter(1), [](Limiter& limiter) -> Coro<bool> { co_return limiter.slots.locked(); }));
}

CO_TEST(AsyncWith, takes_a_function_that_makes_a_manager_which_cannot_be_moved) {
    EXPECT_TRUE(
        co_await async_with([most = 1] { return Immovable(most); },
                            [](Immovable& limiter) -> Coro<bool> { co_return limiter.slots.locked(); }));
}

} // namespace
} // namespace asyncio::test
