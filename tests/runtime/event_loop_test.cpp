#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

std::unique_ptr<EventLoop> virtual_loop() {
    return std::make_unique<EventLoop>(std::make_unique<VirtualClock>());
}

CO_TEST(EventLoop, calls_soon_in_the_order_of_the_calls_with_their_arguments) {
    Log log;
    EventLoop& loop = get_running_loop();
    loop.call_soon([&](std::string text, int number) { log.push_back(text + std::to_string(number)); },
                   std::string("a"), 1);
    loop.call_soon([&] { log.push_back("b"); });
    EXPECT_TRUE(log.empty());
    co_await sleep(0);
    EXPECT_EQ(log, (Log{"a1", "b"}));
}

CO_TEST(EventLoop, what_a_callback_schedules_runs_in_the_next_turn) {
    Log log;
    EventLoop& loop = get_running_loop();
    loop.call_soon([&] {
        log.push_back("outer");
        loop.call_soon([&] { log.push_back("inner"); });
    });
    loop.call_soon([&] { log.push_back("beside"); });
    co_await turns(2);
    EXPECT_EQ(log, (Log{"outer", "beside", "inner"}));
}

CO_TEST(EventLoop, calls_later_at_the_time_and_in_the_order_of_registration_when_equal) {
    Log log;
    EventLoop& loop = get_running_loop();
    loop.call_later(2, [&] { log.push_back("two"); });
    loop.call_later(std::chrono::milliseconds(500), [&] { log.push_back("half"); });
    loop.call_at(2, [&] { log.push_back("also two"); });
    loop.call_later(-1, [&] { log.push_back("past"); });
    co_await sleep(3);
    EXPECT_EQ(log, (Log{"past", "half", "two", "also two"}));
}

CO_TEST(EventLoop, a_timer_handle_tells_when_it_is_due) {
    auto handle = get_running_loop().call_later(2.5, [] {});
    EXPECT_EQ(handle.when(), 2.5);
    handle.cancel();
    co_return;
}

CO_TEST(EventLoop, a_cancelled_handle_is_not_called_and_frees_its_function_at_once) {
    EventLoop& loop = get_running_loop();
    Log log;
    auto soon = loop.call_soon([&, counted = Counted()] { log.push_back("soon"); });
    auto later = loop.call_later(1, [&, counted = Counted()] { log.push_back("later"); });
    EXPECT_EQ(Counted::alive, 2);
    soon.cancel();
    later.cancel();
    later.cancel();
    EXPECT_TRUE(soon.cancelled());
    EXPECT_TRUE(later.cancelled());
    EXPECT_EQ(Counted::alive, 0);
    co_await sleep(2);
    EXPECT_TRUE(log.empty());
}

CO_TEST(EventLoop, a_timer_that_is_due_can_be_cancelled_by_one_that_runs_before_it) {
    EventLoop& loop = get_running_loop();
    Log log;
    std::optional<TimerHandle> second;
    loop.call_at(1, [&] {
        log.push_back("first");
        second->cancel();
    });
    second = loop.call_at(1, [&] { log.push_back("second"); });
    co_await sleep(2);
    EXPECT_EQ(log, Log{"first"});
}

CO_TEST(EventLoop, cancelling_a_handle_that_has_run_does_nothing) {
    auto handle = get_running_loop().call_soon([] {});
    co_await sleep(0);
    handle.cancel();
    co_await sleep(0);
}

CO_TEST(EventLoop, a_callback_that_throws_is_reported_and_the_loop_goes_on) {
    Reports reports;
    EventLoop& loop = get_running_loop();
    Log log;
    loop.call_soon([] { throw std::runtime_error("oops"); });
    loop.call_soon([&] { log.push_back("next"); });
    co_await sleep(0);
    EXPECT_EQ(reports.only().message, "Exception in a callback");
    EXPECT_EQ(describe(reports.only().exception), "std::runtime_error: oops");
    EXPECT_TRUE(reports.only().source.starts_with(
        "<Handle a lambda in asyncio::test::EventLoop_a_callback_that_throws"))
        << reports.only().source;
    EXPECT_EQ(log, Log{"next"});
}

CO_TEST(EventLoop, an_exception_handler_that_throws_does_not_end_the_loop) {
    EventLoop& loop = get_running_loop();
    loop.set_exception_handler(
        [](EventLoop&, const ExceptionContext&) { throw std::runtime_error("handler"); });
    testing::internal::CaptureStderr();
    loop.call_soon([] { throw std::runtime_error("oops"); });
    co_await sleep(0);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_NE(said.find("Unhandled error in exception handler"), std::string::npos) << said;
    EXPECT_NE(said.find("std::runtime_error: handler"), std::string::npos) << said;
    EXPECT_TRUE(loop.get_exception_handler());
    loop.set_exception_handler({});
    EXPECT_FALSE(loop.get_exception_handler());
}

CO_TEST(EventLoop, without_a_handler_writes_message_source_and_error_to_stderr) {
    testing::internal::CaptureStderr();
    get_running_loop().call_exception_handler({.message = "what happened",
                                               .exception = std::make_exception_ptr(ValueError("why")),
                                               .source = "where"});
    EXPECT_EQ(testing::internal::GetCapturedStderr(), "what happened\n  where\n  ValueError: why\n");
    co_return;
}

CO_TEST(EventLoop, in_debug_mode_reports_a_step_that_is_slow) {
    Reports reports;
    EventLoop& loop = get_running_loop();
    EXPECT_FALSE(loop.get_debug());
    EXPECT_EQ(loop.slow_callback_duration, 0.1);
    loop.set_debug(true);
    auto slow = create_task([]() -> Coro<> {
        co_await sleep(0);
        get_running_loop().backend().wait(get_running_loop(), 0.25); // the clock moves in mid-step
        co_await sleep(0);
    });
    co_await slow;
    loop.set_debug(false);
    const std::string said = reports.only().message;
    EXPECT_TRUE(said.starts_with("Executing <Task pending name='" + slow.get_name() +
                                 "' coro=<a lambda() running at "))
        << said;
    EXPECT_TRUE(said.contains("event_loop_test.cpp:")) << said;
    EXPECT_TRUE(said.ends_with(" took 0.250 seconds")) << said;
    EXPECT_TRUE(reports.only().source.contains("co_await in between")) << reports.only().source;
}

CO_TEST(EventLoop, in_debug_mode_reports_a_callback_that_is_slow_by_its_own_limit) {
    Reports reports;
    EventLoop& loop = get_running_loop();
    loop.set_debug(true);
    loop.slow_callback_duration = 2;
    loop.call_soon([&] { loop.backend().wait(loop, 1.5); });
    co_await sleep(0);
    EXPECT_TRUE(reports.all().empty());
    loop.call_soon([&] { loop.backend().wait(loop, 2.5); });
    co_await turns(2);
    const std::string said = reports.only().message;
    EXPECT_TRUE(said.starts_with(
        "Executing <Handle a lambda in asyncio::test::EventLoop_in_debug_mode_reports_a_callback"))
        << said;
    EXPECT_TRUE(said.ends_with(" took 2.500 seconds")) << said;
}

TEST(EventLoop, runs_until_it_is_stopped_and_finishes_the_turn) {
    auto loop = virtual_loop();
    Log log;
    loop->call_soon([&] {
        EXPECT_TRUE(loop->is_running());
        EXPECT_EQ(&get_running_loop(), loop.get());
        loop->stop();
        loop->call_soon([&] { log.push_back("next turn"); });
    });
    loop->call_soon([&] { log.push_back("same turn"); });
    loop->run_forever();
    EXPECT_EQ(log, Log{"same turn"});
    EXPECT_FALSE(loop->is_running());
    loop->call_soon([&] { loop->stop(); });
    loop->run_forever();
    EXPECT_EQ(log, (Log{"same turn", "next turn"}));
}

/// Asks to be polled in every third turn.
class RarelyPolled final : public VirtualClock {
public:
    explicit RarelyPolled(int& polls) : polls_(polls) {}
    int poll(EventLoop&) override {
        ++polls_;
        return 3;
    }

private:
    int& polls_;
};

TEST(EventLoop, asks_its_backend_while_it_is_busy_as_often_as_the_backend_wants) {
    int polls = 0;
    EventLoop loop(std::make_unique<RarelyPolled>(polls));
    const auto turns = [](int count) -> Coro<> {
        for (int i = 0; i < count; ++i) co_await sleep(0);
    };
    loop.run_until_complete(Future<>(loop.create_task(turns(30))));
    EXPECT_GE(polls, 10);
    EXPECT_LE(polls, 12);
}

TEST(EventLoop, stopped_before_it_runs_makes_one_turn) {
    auto loop = virtual_loop();
    Log log;
    loop->call_soon([&] { log.push_back("ran"); });
    loop->stop();
    loop->run_forever();
    EXPECT_EQ(log, Log{"ran"});
}

TEST(EventLoop, runs_until_a_future_is_done) {
    auto loop = virtual_loop();
    auto future = loop->create_future<int>();
    loop->call_later(1, [&] { future.set_result(3); });
    EXPECT_EQ(loop->run_until_complete(future), 3);
    EXPECT_EQ(loop->time(), 1);
}

TEST(EventLoop, refuses_to_be_stopped_before_its_future_is_done) {
    auto loop = virtual_loop();
    auto future = loop->create_future<int>();
    loop->call_soon([&] { loop->stop(); });
    EXPECT_THROW(loop->run_until_complete(future), RuntimeError);
}

TEST(EventLoop, refuses_use_after_close) {
    auto loop = virtual_loop();
    EXPECT_FALSE(loop->is_closed());
    loop->close();
    loop->close();
    EXPECT_TRUE(loop->is_closed());
    EXPECT_THROW(loop->call_soon([] {}), RuntimeError);
    EXPECT_THROW(loop->call_later(1, [] {}), RuntimeError);
    EXPECT_THROW(loop->run_forever(), RuntimeError);
}

CO_TEST(EventLoop, refuses_to_be_closed_or_run_again_while_it_runs) {
    EventLoop& loop = get_running_loop();
    CO_EXPECT_RAISES(loop.close(), RuntimeError);
    CO_EXPECT_RAISES(loop.run_forever(), RuntimeError);
    auto other = virtual_loop();
    CO_EXPECT_RAISES(other->run_forever(), RuntimeError);
    EXPECT_EQ(&get_running_loop(), &loop);
    EXPECT_TRUE(loop.is_running());
    co_return;
}

TEST(EventLoop, refuses_get_running_loop_outside) { EXPECT_THROW(get_running_loop(), RuntimeError); }

TEST(EventLoop, closing_frees_the_callbacks_and_timers_that_are_left) {
    auto loop = virtual_loop();
    loop->call_soon([counted = Counted()] {});
    loop->call_later(1, [counted = Counted()] {});
    auto kept = loop->call_later(2, [counted = Counted()] {});
    EXPECT_EQ(Counted::alive, 3);
    loop->close();
    EXPECT_EQ(Counted::alive, 0);
}

TEST(EventLoop, makes_tasks_before_it_runs) {
    EventLoop loop(std::make_unique<VirtualClock>());
    Log log;
    auto note = [&log](std::string text) -> Coro<> {
        log.push_back(text);
        co_return;
    };
    auto task = loop.create_task(note("task"), "early");
    EXPECT_EQ(task.get_name(), "early");
    EXPECT_EQ(all_tasks(loop).size(), 1u);
    EXPECT_EQ(current_task(loop), std::nullopt);
    loop.call_soon([&loop] { loop.stop(); });
    loop.run_forever();
    EXPECT_EQ(log, Log{"task"});
    EXPECT_TRUE(task.done());
}

TEST(EventLoop, run_until_complete_makes_a_task_of_a_coroutine) {
    EventLoop loop(std::make_unique<VirtualClock>());
    auto give = [](int value) -> Coro<std::unique_ptr<int>> {
        co_await sleep(1);
        co_return std::make_unique<int>(value);
    };
    EXPECT_EQ(*loop.run_until_complete(give(4)), 4);
    auto fail = []() -> Coro<> {
        throw ValueError("x");
        co_return;
    };
    EXPECT_THROW(loop.run_until_complete(fail()), ValueError);
}

TEST(EventLoop, get_event_loop_gives_the_running_one_else_the_one_that_was_set) {
    EXPECT_THROW(get_event_loop(), RuntimeError);
    const std::unique_ptr<EventLoop> loop = new_event_loop();
    set_event_loop(loop.get());
    EXPECT_EQ(&get_event_loop(), loop.get());
    auto running = []() -> Coro<bool> { co_return &get_event_loop() == &get_running_loop(); };
    EXPECT_TRUE(run_virtual(running()));
    set_event_loop(nullptr);
    EXPECT_THROW(get_event_loop(), RuntimeError);
}

TEST(EventLoop, forgets_that_it_was_set_when_it_goes) {
    set_event_loop(new_event_loop().get());
    EXPECT_THROW(get_event_loop(), RuntimeError);
}

CO_TEST(EventLoop, shutdown_asyncgens_closes_the_generators_that_were_started) {
    Log log;
    auto numbers = [](Log& log) -> AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
            log.push_back("closed");
            throw;
        }
    };
    auto started = numbers(log);
    auto fresh = numbers(log);
    co_await started.next();
    co_await get_running_loop().shutdown_asyncgens();
    EXPECT_EQ(log, Log{"closed"});
    EXPECT_EQ(co_await fresh.next(), 1);
}

TEST(EventLoop, runs_any_awaitable_until_it_is_complete) {
    const auto loop = std::make_unique<EventLoop>(std::make_unique<VirtualClock>());
    const auto give = [](int value) -> Coro<int> {
        co_await sleep(1);
        co_return value;
    };
    EXPECT_EQ(loop->run_until_complete(give(1)), 1);
    EXPECT_EQ(loop->run_until_complete([&] { return give(2); }), 2);
    EXPECT_EQ(loop->run_until_complete(sleep(1, std::string("slept"))), "slept");
    EXPECT_EQ(loop->run_until_complete(loop->create_task([&] { return give(3); }, "named")), 3);
    const Task<void> slept = loop->create_task(sleep(1), {.name = "sleep"});
    EXPECT_EQ(slept.get_name(), "sleep");
    loop->run_until_complete(slept);
    const AnyTask any = loop->create_task(give(4));
    loop->run_until_complete(any);
    EXPECT_TRUE(any.done());
    loop->close();
}

} // namespace
} // namespace asyncio::test
