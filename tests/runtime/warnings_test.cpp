#include "support.hpp"

#include <stdexcept>

namespace asyncio::test {
namespace {

Coro<int> forgotten(Counted = {}) { // named in the warnings
    co_return 1;
}
const std::string forgotten_source =
    "asyncio::test::forgotten() at " + here(4) + ": co_await it, or pass it to create_task()";

CO_TEST(Warnings, a_coroutine_never_awaited_is_named_with_its_place) {
    Reports reports;
    (void)forgotten();
    EXPECT_EQ(reports.only().message,
              "RuntimeWarning: coroutine 'asyncio::test::forgotten' was never awaited");
    EXPECT_EQ(reports.only().source, forgotten_source);
    EXPECT_EQ(Counted::alive, 0);
    co_return;
}

CO_TEST(Warnings, a_coroutine_overwritten_unawaited_is_named_and_frees_its_arguments) {
    const Reports reports;
    auto coro = forgotten();
    coro = forgotten();
    EXPECT_TRUE(reports.only().message.contains("was never awaited"));
    EXPECT_EQ(Counted::alive, 1);
    co_await coro;
}

TEST(Warnings, a_coroutine_never_awaited_outside_a_loop_is_said_on_stderr) {
    testing::internal::CaptureStderr();
    (void)forgotten();
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "RuntimeWarning: coroutine 'asyncio::test::forgotten' was never awaited\n  " +
                  forgotten_source + "\n");
}

CO_TEST(Warnings, coroutines_that_were_awaited_closed_or_moved_say_nothing) {
    Reports reports;
    auto moved = forgotten();
    auto here = std::move(moved);
    co_await here;
    forgotten().close();
    auto task = create_task(forgotten());
    task.cancel(); // never ran, but was not forgotten
    co_await gather(return_exceptions, task);
    EXPECT_TRUE(reports.all().empty());
}

Coro<> failing() {
    co_await sleep(0);
    throw std::runtime_error("lost");
}
const std::string failing_place = here(3);

CO_TEST(Warnings, a_tasks_error_never_retrieved_is_reported_when_its_last_handle_goes) {
    Reports reports;
    {
        auto task = create_task(failing(), "loser");
        co_await sleep(1);
        EXPECT_TRUE(task.done());
        EXPECT_TRUE(reports.all().empty());
    }
    EXPECT_EQ(reports.only().message, "Task exception was never retrieved");
    EXPECT_EQ(describe(reports.only().exception), "std::runtime_error: lost");
    EXPECT_EQ(reports.only().source,
              "<Task finished name='loser' coro=<asyncio::test::failing() done, last at " + failing_place +
                  ">>");
}

CO_TEST(Warnings, an_error_that_was_asked_for_in_any_way_is_not_reported) {
    Reports reports;
    {
        auto awaited = create_task(failing());
        auto asked = create_task(failing());
        auto gathered = create_task(failing());
        CO_EXPECT_RAISES(co_await awaited, std::runtime_error);
        co_await gather(return_exceptions, gathered);
        EXPECT_TRUE(asked.exception());
    }
    EXPECT_TRUE(reports.all().empty());
}

CO_TEST(Warnings, a_cancelled_task_is_not_reported) {
    Reports reports;
    create_task(failing()).cancel();
    co_await turns(3);
    EXPECT_TRUE(reports.all().empty());
}

CO_TEST(Warnings, a_futures_error_never_retrieved_is_reported) {
    Reports reports;
    {
        Future<int> future;
        future.set_exception(ValueError("lost"));
    }
    EXPECT_EQ(reports.only().message, "Future exception was never retrieved");
    EXPECT_EQ(describe(reports.only().exception), "ValueError: lost");
    co_return;
}

TEST(Warnings, a_futures_error_lost_after_its_loop_is_said_on_stderr) {
    const ReportsOnStderr here;
    std::optional<Future<int>> kept;
    run_virtual([](std::optional<Future<int>>& kept) -> Coro<> {
        kept.emplace();
        kept->set_exception(ValueError("late"));
        co_return;
    }(kept));
    testing::internal::CaptureStderr();
    kept.reset();
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "Future exception was never retrieved\n  <Future finished>\n  ValueError: late\n");
}

Coro<> sleep_for_ever(Counted) { co_await sleep(1e9); }
const std::string sleep_for_ever_place = here(1);

TEST(Warnings, a_task_destroyed_while_pending_is_reported_with_where_it_waits_and_freed) {
    EventLoop loop(std::make_unique<VirtualClock>());
    Reports reports(loop);
    loop.call_soon([&] { create_task(sleep_for_ever({}), "sleeper"); });
    loop.call_later(1, [&] { loop.stop(); });
    loop.run_forever();
    EXPECT_EQ(Counted::alive, 1);
    loop.close();
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_EQ(reports.only().message, "Task was destroyed but it is pending!");
    EXPECT_TRUE(reports.only().source.starts_with(
        "<Task pending name='sleeper' coro=<asyncio::test::sleep_for_ever() running at " +
        sleep_for_ever_place + "> wait_for=<"))
        << reports.only().source;
}

Coro<> wait_at(Lock& lock) { co_await lock.acquire(); }
const std::string wait_at_place = here(1);

TEST(Warnings, a_task_destroyed_while_it_is_being_cancelled_tells_so_and_what_it_waits_for) {
    EventLoop loop(std::make_unique<VirtualClock>());
    Reports reports(loop);
    Lock lock;
    loop.call_soon([&] {
        create_task([&]() -> Coro<> {
            co_await lock.acquire();
            const auto waiter = create_task(wait_at(lock), "waiter");
            co_await sleep(0);
            waiter.cancel();
            get_running_loop().stop();
        });
    });
    loop.run_forever();
    loop.close();
    ASSERT_EQ(reports.all().size(), 1u);
    EXPECT_EQ(reports.only().source,
              "<Task cancelling name='waiter' coro=<asyncio::test::wait_at() running at " + wait_at_place +
                  "> wait_for=<a Lock held by task 'Task-1'>>");
}

TEST(Warnings, an_error_of_a_task_that_run_cancels_at_the_end_is_reported) {
    Log messages;
    auto fails_in_cleanup = []() -> Coro<> {
        try {
            co_await sleep(100);
        } catch (const CancelledError&) {
            throw std::runtime_error("cleanup");
        }
    };
    run_virtual([](auto job, Log& messages) -> Coro<> {
        get_running_loop().set_exception_handler([&](EventLoop&, const ExceptionContext& context) {
            messages.push_back(context.message + ": " + describe(context.exception));
        });
        create_task(job);
        co_await sleep(1);
    }(fails_in_cleanup, messages));
    EXPECT_EQ(messages,
              Log{"unhandled exception during asyncio.run() shutdown: std::runtime_error: cleanup"});
}

CO_TEST(Warnings, methods_templates_and_lambdas_are_named_readably) {
    struct Client {
        Coro<> fetch(std::vector<int>) { co_return; }
    };
    Reports reports;
    (void)Client().fetch({});
    (void)[]()->Coro<std::map<int, std::string>> { co_return {}; }
    ();
    EXPECT_NE(reports.all().at(0).message.find("Client::fetch' was"), std::string::npos)
        << reports.all()[0].message;
    EXPECT_NE(reports.all().at(1).message.find("'a lambda'"), std::string::npos) << reports.all()[1].message;
    co_return;
}

CO_TEST(Warnings, an_exception_handler_may_set_another_while_it_runs) {
    EventLoop& loop = get_running_loop();
    Log told;
    loop.set_exception_handler(
        [&told, kept = std::string("long enough to be on the heap, not in the object")](
            EventLoop& its_loop, const ExceptionContext& context) {
            its_loop.set_exception_handler([](EventLoop&, const ExceptionContext&) {});
            told.push_back(context.message + " " + kept.substr(0, 4));
        });
    loop.call_exception_handler({.message = "first", .exception = {}, .source = {}});
    loop.call_exception_handler({.message = "second", .exception = {}, .source = {}});
    loop.set_exception_handler({});
    EXPECT_EQ(told, (Log{"first long"}));
    co_return;
}

} // namespace
} // namespace asyncio::test
