#include "foreign_coroutine.hpp"
#include "support.hpp"

#include <coroutine>
#include <exception>
#include <optional>
#ifndef __EMSCRIPTEN__
#include <thread>
#endif

/// Custom awaiters of a program: the coroutine handle that they keep resumes the task, from anywhere.

namespace asyncio::test {
namespace {

/// Resumes in the next turn.
struct NextTurn {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const {
        get_running_loop().call_soon([handle] { handle.resume(); });
    }
    int await_resume() const noexcept { return 7; }
};

/// Keeps the handle, to be resumed by other code.
struct Kept {
    std::coroutine_handle<>& place;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { place = handle; }
    void await_resume() const noexcept {}
};

CO_TEST(OwnAwaiter, goes_on_in_its_task_and_its_context) {
    ContextVar<int> number("number", 0);
    auto task = create_task(
        [](ContextVar<int>& own) -> Coro<int> {
            own.set(3);
            const int given = co_await NextTurn();
            EXPECT_EQ(own.get(), 3);
            EXPECT_EQ(current_task().get_name(), "mine");
            co_await sleep(1); // and the library's own awaitables work after it
            co_return given;
        }(number),
        "mine");
    EXPECT_EQ(co_await task, 7);
}

CO_TEST(OwnAwaiter, in_a_coroutine_that_another_awaits) {
    const auto inner = []() -> Coro<int> {
        const int first = co_await NextTurn();
        co_return first + co_await NextTurn();
    };
    EXPECT_EQ(co_await inner(), 14);
    EXPECT_EQ(current_task().state(), TaskState::running);
}

CO_TEST(OwnAwaiter, of_a_future_holds_the_result_of_its_task) {
    std::coroutine_handle<> place;
    auto task = create_task([](std::coroutine_handle<>& kept) -> Coro<int> {
        co_await Kept{kept};
        co_return 5;
    }(place));
    co_await sleep(1);
    EXPECT_EQ(task.state(), TaskState::suspended);
    EXPECT_FALSE(task.done());
    place.resume();
    EXPECT_EQ(task.state(), TaskState::ready);
    EXPECT_EQ(co_await task, 5);
}

CO_TEST(OwnAwaiter, that_is_not_interruptible_raises_a_cancel_when_it_is_resumed) {
    std::coroutine_handle<> place;
    auto task = create_task([](std::coroutine_handle<>& kept) -> Coro<> { co_await Kept{kept}; }(place));
    co_await sleep(1);
    EXPECT_TRUE(task.cancel());
    co_await sleep(1);
    EXPECT_FALSE(task.done());
    place.resume();
    co_await gather(return_exceptions, task);
    EXPECT_TRUE(task.cancelled());
}

#ifndef __EMSCRIPTEN__ // no threads
TEST(OwnAwaiter, may_be_resumed_by_another_thread_and_the_loop_waits_for_it) {
    struct FromThread {
        std::thread& thread;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) const {
            thread = std::thread([handle] { handle.resume(); });
        }
        std::thread::id await_resume() const noexcept { return std::this_thread::get_id(); }
    };
    std::thread thread;
    const auto id = run(
        [](std::thread& other) -> Coro<std::thread::id> { co_return co_await FromThread{other}; }(thread));
    thread.join();
    EXPECT_EQ(id, std::this_thread::get_id());
}
#endif

TEST(OwnAwaiter, that_is_resumed_after_its_loop_has_ended_does_nothing) {
    std::coroutine_handle<> place;
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.run_until_complete([](std::coroutine_handle<>& kept) -> Coro<> {
            create_task([](std::coroutine_handle<>& mine) -> Coro<> { co_await Kept{mine}; }(kept));
            co_await sleep(1);
        }(place));
    }
    place.resume();
}

CO_TEST(OwnAwaiter, may_resume_at_once_not_suspend_or_raise) {
    struct AtOnce {
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> handle) const { handle.resume(); }
        int await_resume() const noexcept { return 1; }
    };
    struct Not {
        bool await_ready() const noexcept { return false; }
        bool await_suspend(std::coroutine_handle<>) const noexcept { return false; }
        int await_resume() const noexcept { return 2; }
    };
    struct Ready {
        bool await_ready() const noexcept { return true; }
        void await_suspend(std::coroutine_handle<>) const noexcept {}
        int await_resume() const noexcept { return 3; }
    };
    struct Raises {
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const { throw ValueError("no"); }
        void await_resume() const noexcept {}
    };
    struct Transfers {
        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> handle) const noexcept {
            return handle;
        }
        int await_resume() const noexcept { return 4; }
    };
    const auto all = []() -> Coro<int> {
        int sum = 0;
        for (int i = 0; i < 3; ++i)
            sum += co_await AtOnce() + co_await Not() + co_await Ready() + co_await Transfers();
        co_await std::suspend_never();
        co_return sum;
    };
    EXPECT_EQ(co_await create_task(all()), 30);
    bool raised = false;
    try {
        co_await Raises();
    } catch (const ValueError&) {
        raised = true;
    }
    EXPECT_TRUE(raised);
    co_await sleep(1);
}

CO_TEST(OwnAwaiter, may_be_a_coroutine_of_another_kind_that_sleeps_and_is_cancelled) {
    const auto lazy = [](double delay) -> ForeignCoroutine {
        co_await sleep(delay);
        co_return 9;
    };
    EXPECT_EQ(co_await lazy(1), 9);
    EXPECT_EQ(co_await lazy(0), 9);
    auto task = create_task([](auto make) -> Coro<int> { co_return co_await make(5); }(lazy));
    co_await sleep(1);
    task.cancel();
    co_await gather(return_exceptions, task);
    EXPECT_TRUE(task.cancelled());
}

TEST(OwnAwaiter, may_be_a_coroutine_of_another_kind_that_goes_with_its_task) {
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.run_until_complete([]() -> Coro<> {
            create_task([](Counted) -> Coro<int> {
                co_return co_await []() -> ForeignCoroutine {
                    co_await sleep(5);
                    co_return 1;
                }();
            }(Counted()));
            co_await sleep(1);
        }());
    }
    EXPECT_EQ(Counted::alive, 0); // and LeakSanitizer reports nothing at the end
}

CO_TEST(OwnAwaiter, in_an_async_generator) {
    auto numbers = []() -> AsyncGenerator<int> {
        for (int i = 0; i < 3; ++i) co_yield i + co_await NextTurn();
    }();
    int sum = 0;
    while (auto number = co_await numbers.next()) sum += *number;
    EXPECT_EQ(sum, 24);
}

TEST(OwnAwaiter, in_an_async_generator_that_outlives_its_task_and_its_loop) {
    std::coroutine_handle<> place;
    std::optional<AsyncGenerator<int>> numbers;
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.run_until_complete(
            [](std::coroutine_handle<>& kept, std::optional<AsyncGenerator<int>>& generator) -> Coro<> {
                generator.emplace([](std::coroutine_handle<>& mine) -> AsyncGenerator<int> {
                    co_await Kept{mine};
                    co_yield 1;
                }(kept));
                create_task([](AsyncGenerator<int>& given) -> Coro<> { co_await given.next(); }(*generator));
                co_await sleep(1);
            }(place, numbers));
    }
    numbers.reset();
    place.resume();
}

} // namespace
} // namespace asyncio::test
