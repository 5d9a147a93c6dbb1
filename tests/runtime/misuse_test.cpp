#include "support.hpp"

#include <asyncio/detail/error_of.hpp>

/// A misuse raises Python's type of error with a message that says what to do.

namespace asyncio::test {
namespace {

/// The message with which an E is raised.
template <class E> std::string sentence(const std::exception_ptr& error) {
    if (!error) return "nothing was raised";
    try {
        std::rethrow_exception(error);
    } catch (const E& expected) {
        return expected.what();
    } catch (...) {
        return "another error was raised: " + describe(error);
    }
}

template <class E, class F> void refuses(F misuse, std::string_view advice) {
    std::exception_ptr error;
    try {
        misuse();
    } catch (...) {
        error = std::current_exception();
    }
    EXPECT_TRUE(sentence<E>(error).contains(advice)) << sentence<E>(error);
}

template <class E, class A> Coro<> refuses_await(A awaitable, std::string_view advice) {
    const std::string said = sentence<E>(co_await detail::error_of(std::move(awaitable)));
    EXPECT_TRUE(said.contains(advice)) << said;
}

Coro<int> answer() { co_return 42; }
Coro<> nothing() { co_return; }

CO_TEST(Misuse, of_a_lock_nobody_holds) {
    Lock lock;
    refuses<RuntimeError>([&] { lock.release(); }, "call acquire() first");
    co_return;
}

CO_TEST(Misuse, of_a_condition_whose_lock_is_not_held) {
    Condition condition;
    refuses<RuntimeError>([&] { condition.release(); }, "call acquire() first");
    refuses<RuntimeError>([&] { condition.notify(); }, "acquire the lock first");
    refuses<RuntimeError>([&] { condition.notify_all(); }, "acquire the lock first");
    co_await refuses_await<RuntimeError>(condition.wait(), "acquire the lock first");
    co_await refuses_await<RuntimeError>(condition.wait_for([] { return false; }), "acquire the lock first");
}

CO_TEST(Misuse, of_a_semaphore) {
    refuses<ValueError>([] { Semaphore(-1); }, "0 or more");
    refuses<ValueError>([] { BoundedSemaphore(-1); }, "0 or more");
    BoundedSemaphore bounded;
    refuses<ValueError>([&] { bounded.release(); }, "its own acquire()");
    co_return;
}

CO_TEST(Misuse, of_a_barrier) {
    refuses<ValueError>([] { Barrier(0); }, "at least one");
    Barrier barrier(2);
    auto waiting = create_task(barrier.wait());
    co_await sleep(0);
    co_await barrier.abort();
    co_await refuses_await<BrokenBarrierError>(waiting, "reset()");
    co_await refuses_await<BrokenBarrierError>(barrier.wait(), "reset()");
}

CO_TEST(Misuse, of_a_queue_without_waiting) {
    Queue<int> queue(1);
    refuses<QueueEmpty>([&] { queue.get_nowait(); }, "co_await get()");
    queue.put_nowait(1);
    refuses<QueueFull>([&] { queue.put_nowait(2); }, "co_await put()");
    co_return;
}

CO_TEST(Misuse, of_task_done) {
    Queue<int> queue;
    refuses<ValueError>([&] { queue.task_done(); }, "call it once for each item");
    co_return;
}

CO_TEST(Misuse, of_a_queue_that_was_shut_down) {
    Queue<int> queue;
    queue.shutdown();
    refuses<QueueShutDown>([&] { queue.put_nowait(1); }, "catch QueueShutDown");
    refuses<QueueShutDown>([&] { queue.get_nowait(); }, "catch QueueShutDown");
    co_await refuses_await<QueueShutDown>(queue.put(1), "catch QueueShutDown");
    co_await refuses_await<QueueShutDown>(queue.get(), "catch QueueShutDown");
}

CO_TEST(Misuse, of_a_future_that_is_pending) {
    Future<int> future;
    refuses<InvalidStateError>([&] { (void)future.result(); }, "await it first");
    refuses<InvalidStateError>([&] { (void)future.exception(); }, "await it first");
    auto task = create_task(answer());
    refuses<InvalidStateError>([&] { (void)task.result(); }, "await it first");
    refuses<InvalidStateError>([&] { (void)task.exception(); }, "await it first");
    co_await task;
}

CO_TEST(Misuse, of_a_future_that_is_done) {
    Future<int> future;
    future.set_result(1);
    refuses<InvalidStateError>([&] { future.set_result(2); }, "check done() first");
    refuses<InvalidStateError>([&] { future.set_exception(ValueError()); }, "check done() first");
    Future<int> cancelled;
    cancelled.cancel();
    refuses<InvalidStateError>([&] { cancelled.set_result(2); }, "check done() first");
    refuses<ValueError>([] { Future<int>().set_exception(nullptr); }, "needs an exception");
    co_return;
}

CO_TEST(Misuse, of_a_task_as_a_future) {
    auto task = create_task(answer());
    refuses<RuntimeError>([&] { task.set_result(1); }, "what its coroutine returns");
    refuses<RuntimeError>([&] { task.set_exception(ValueError()); }, "what its coroutine throws");
    co_await task;
}

CO_TEST(Misuse, of_a_task_that_awaits_itself) {
    std::optional<Task<>> self;
    self = create_task([&]() -> Coro<> { co_await *self; });
    co_await refuses_await<RuntimeError>(*self, "await it from another task");
}

CO_TEST(Misuse, of_a_coroutine_awaited_twice) {
    auto coro = answer();
    EXPECT_EQ(co_await coro, 42);
    refuses<RuntimeError>([&] { (void)coro.release(); }, "call its function again");
}

TEST(Misuse, of_what_needs_a_running_loop) {
    refuses<RuntimeError>([] { get_running_loop(); }, "asyncio::run()");
    refuses<RuntimeError>([] { const Future<int> future; }, "asyncio::run()");
    refuses<RuntimeError>([] { (void)timeout(1); }, "asyncio::run()");
    refuses<RuntimeError>([] { current_task(); }, "create_task()");
}

CO_TEST(Misuse, of_run_inside_a_running_loop) {
    refuses<RuntimeError>([] { run(nothing()); }, "co_await the coroutine instead");
    refuses<RuntimeError>([] { Runner().run(nothing()); }, "co_await the coroutine instead");
    refuses<RuntimeError>([] { get_running_loop().run_forever(); }, "co_await the coroutine instead");
    refuses<RuntimeError>([] { get_running_loop().close(); }, "call stop() first");
    co_return;
}

TEST(Misuse, of_a_loop_after_its_close) {
    EventLoop loop(std::make_unique<VirtualClock>());
    auto future = loop.create_future<int>();
    loop.close();
    refuses<RuntimeError>([&] { loop.run_forever(); }, "create a new one");
    refuses<RuntimeError>([&] { loop.run_until_complete(future); }, "create a new one");
    refuses<RuntimeError>([&] { loop.call_soon([] {}); }, "create a new one");
    refuses<RuntimeError>([&] { loop.call_later(1, [] {}); }, "create a new one");
    refuses<RuntimeError>([&] { loop.call_at(1, [] {}); }, "create a new one");
}

TEST(Misuse, of_stop_before_the_future_is_done) {
    EventLoop loop(std::make_unique<VirtualClock>());
    auto future = loop.create_future<int>();
    loop.stop();
    refuses<RuntimeError>([&] { loop.run_until_complete(future); }, "run_forever()");
}

TEST(Misuse, of_a_runner_after_its_close) {
    Runner runner;
    runner.close();
    refuses<RuntimeError>([&] { runner.get_loop(); }, "create a new one");
    refuses<RuntimeError>([&] { runner.run(nothing()); }, "create a new one");
}

CO_TEST(Misuse, of_a_timeout) {
    Timeout once = timeout(10);
    refuses<RuntimeError>([&] { once.reschedule(20); }, "inside async_with()");
    co_await async_with(once, nothing);
    refuses<RuntimeError>([&] { once.reschedule(20); }, "create a new one with timeout()");
    co_await refuses_await<RuntimeError>(async_with(once, nothing), "create a new one with timeout()");
}

CO_TEST(Misuse, of_a_timeout_that_has_expired) {
    Timeout expired = timeout(0);
    auto body = [&]() -> Coro<> {
        const std::exception_ptr error = co_await detail::error_of(sleep(1));
        refuses<RuntimeError>([&] { expired.reschedule(20); }, "create a new one with timeout()");
        std::rethrow_exception(error);
    };
    co_await refuses_await<TimeoutError>(async_with(expired, body), "expired");
    refuses<RuntimeError>([&] { expired.reschedule(20); }, "create a new one with timeout()");
}

CO_TEST(Misuse, of_a_task_group) {
    TaskGroup group;
    refuses<RuntimeError>([&] { group.create_task(nothing()); }, "inside async_with()");
    co_await async_with(group, nothing);
    refuses<RuntimeError>([&] { group.create_task(nothing()); }, "create a new group");
    co_await refuses_await<RuntimeError>(async_with(group, nothing), "create a new one");
}

CO_TEST(Misuse, of_a_task_group_that_is_shutting_down) {
    auto body = [](TaskGroup& group) -> Coro<> {
        group.create_task([]() -> Coro<> {
            throw ValueError("first");
            co_return;
        });
        co_await detail::error_of(sleep(1));
        refuses<RuntimeError>([&] { group.create_task(nothing()); }, "its body failed");
    };
    CO_EXPECT_RAISES(co_await async_with(TaskGroup{}, body), ExceptionGroup);
}

CO_TEST(Misuse, of_a_context_variable) {
    const ContextVar<int> variable("depth");
    refuses<LookupError>([&] { (void)variable.get(); }, "call set() first");
    auto token = variable.set(1);
    variable.reset(token);
    refuses<RuntimeError>([&] { variable.reset(token); }, "once");
    co_return;
}

CO_TEST(Misuse, of_an_async_generator) {
    auto numbers = []() -> AsyncGenerator<int> {
        co_await sleep(1);
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
        }
        co_yield 2;
    }();
    auto first = create_task([&]() -> Coro<> { co_await numbers.next(); });
    co_await sleep(0);
    co_await refuses_await<RuntimeError>(numbers.next(), "one task at a time");
    co_await refuses_await<RuntimeError>(numbers.aclose(), "one task at a time");
    co_await first;
    co_await refuses_await<RuntimeError>(numbers.aclose(), "must end on GeneratorExit");
}

CO_TEST(Misuse, of_waiting_for_nothing) {
    co_await refuses_await<ValueError>(wait(std::vector<Task<>>()), "at least one");
    refuses<ValueError>([] { (void)sleep(std::numeric_limits<double>::quiet_NaN()); }, "must be a number");
    refuses<ValueError>([] { ExceptionGroup("none", {}); }, "at least one");
}

/// A future of a loop that does not run.
CO_TEST(Misuse, of_a_future_of_another_loop) {
    EventLoop other(std::make_unique<VirtualClock>());
    auto foreign = other.create_future<int>();
    co_await refuses_await<RuntimeError>(foreign, "another event loop");
    auto done = other.create_future<int>();
    done.set_result(3);
    EXPECT_EQ(co_await done, 3); // nothing has to be waited for
}

} // namespace
} // namespace asyncio::test
