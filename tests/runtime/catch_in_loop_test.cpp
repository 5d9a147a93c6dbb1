#include "support.hpp"

#include <stdexcept>

/// A loop whose try block awaits and whose catch block goes on: LLVM's code for WebAssembly is wrong
/// without the resume point, which the page's compiler adds.

namespace asyncio::test {
namespace {

/// Cancels a task that waits in a loop, in each iteration, and expects it to go on.
template <class Wait> Coro<> expect_to_go_on(Wait wait) {
    int caught = 0;
    auto task = create_task([&]() -> Coro<> {
        for (int i = 0; i < 3; ++i) {
            co_await detail::ResumePoint();
            try {
                co_await wait();
                ADD_FAILURE() << "the wait was over";
            } catch (const CancelledError&) {
                ++caught;
            }
        }
    });
    for (int i = 0; i < 3; ++i) {
        co_await turns(2);
        task.cancel();
    }
    co_await task;
    EXPECT_EQ(caught, 3);
}

CO_TEST(CatchInLoop, of_a_cancelled_sleep_goes_on) {
    co_await expect_to_go_on([] { return sleep(100); });
}

CO_TEST(CatchInLoop, of_a_cancelled_future_goes_on) {
    co_await expect_to_go_on([] { return Future<>(); });
}

CO_TEST(CatchInLoop, of_a_cancelled_coroutine_goes_on) {
    co_await expect_to_go_on([]() -> Coro<> { co_await sleep(100); });
}

CO_TEST(CatchInLoop, of_a_cancelled_lock_goes_on) {
    Lock lock;
    co_await lock.acquire();
    co_await expect_to_go_on([&] { return lock.acquire(); });
}

CO_TEST(CatchInLoop, of_a_cancelled_guard_goes_on) {
    Lock lock;
    co_await lock.acquire();
    co_await expect_to_go_on([&]() -> Coro<> { auto held = co_await lock.scoped(); });
}

CO_TEST(CatchInLoop, of_a_cancelled_event_goes_on) {
    Event event;
    co_await expect_to_go_on([&] { return event.wait(); });
}

CO_TEST(CatchInLoop, of_a_cancelled_semaphore_goes_on) {
    Semaphore semaphore(0);
    co_await expect_to_go_on([&] { return semaphore.acquire(); });
}

CO_TEST(CatchInLoop, of_a_cancelled_queue_goes_on) {
    Queue<int> queue;
    co_await expect_to_go_on([&] { return queue.get(); });
}

CO_TEST(CatchInLoop, of_a_cancelled_task_goes_on) {
    co_await expect_to_go_on([] { return AnyTask(create_task([]() -> Coro<> { co_await sleep(100); })); });
}

CO_TEST(CatchInLoop, of_a_timeout_goes_on) {
    int caught = 0;
    while (caught < 3) {
        co_await detail::ResumePoint();
        try {
            co_await wait_for(sleep(100), 1);
        } catch (const TimeoutError&) {
            ++caught;
        }
    }
    EXPECT_EQ(get_running_loop().time(), 3);
}

CO_TEST(CatchInLoop, of_a_failing_generator_step_goes_on) {
    auto make = []() -> AsyncGenerator<int> {
        co_await sleep(1);
        throw std::runtime_error("step");
        co_yield 0;
    };
    int caught = 0;
    for (int i = 0; i < 3; ++i) {
        auto generator = make();
        co_await detail::ResumePoint();
        try {
            co_await generator.next();
        } catch (const std::runtime_error&) {
            ++caught;
        }
    }
    EXPECT_EQ(caught, 3);
}

CO_TEST(CatchInLoop, of_sleep_0_goes_on) {
    int caught = 0;
    auto task = create_task([&]() -> Coro<> {
        while (caught < 3) {
            co_await detail::ResumePoint();
            try {
                co_await sleep(0);
            } catch (const CancelledError&) {
                ++caught;
            }
        }
    });
    for (int i = 0; i < 3; ++i) {
        co_await turns(3);
        task.cancel();
    }
    co_await task;
}

} // namespace
} // namespace asyncio::test
