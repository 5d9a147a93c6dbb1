#include "support.hpp"

namespace asyncio::test {
namespace {

Coro<int> log_and_give(Log& log, int value) {
    log.push_back("runs");
    co_await sleep(0);
    co_return value;
}

CO_TEST(TaskFactory, eager_task_factory_starts_every_task_at_once) {
    get_running_loop().set_task_factory(eager_task_factory);
    Log log;
    auto task = create_task(log_and_give(log, 3));
    EXPECT_EQ(log, Log{"runs"});
    EXPECT_EQ(co_await task, 3);
    auto late = create_task(log_and_give(log, 4), {.eager_start = false});
    EXPECT_EQ(log.size(), 1u);
    EXPECT_EQ(co_await late, 4);
    get_running_loop().set_task_factory({});
    EXPECT_FALSE(get_running_loop().get_task_factory());
    auto plain = create_task(log_and_give(log, 5));
    EXPECT_EQ(log.size(), 2u);
    co_await plain;
}

CO_TEST(TaskFactory, makes_the_tasks_of_gather_and_of_a_TaskGroup_too) {
    Log names;
    get_running_loop().set_task_factory([&names](EventLoop&, AnyCoro coro, TaskOptions options) {
        names.push_back(coro.frame().function);
        options.name = "made";
        return std::move(coro).start(std::move(options));
    });
    Log log;
    co_await gather(log_and_give(log, 1), log_and_give(log, 2));
    const Task<int> member = co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<Task<int>> {
        co_return group.create_task(log_and_give(log, 3), "mine");
    });
    EXPECT_EQ(names, Log(3, "asyncio::test::log_and_give"));
    EXPECT_EQ(member.get_name(), "made");
    get_running_loop().set_task_factory({});
}

CO_TEST(TaskFactory, create_eager_task_factory_asks_the_given_maker_for_an_eager_start) {
    std::optional<bool> asked;
    get_running_loop().set_task_factory(
        create_eager_task_factory([&asked](EventLoop&, AnyCoro coro, TaskOptions options) {
            asked = options.eager_start;
            return std::move(coro).start(std::move(options));
        }));
    Log log;
    auto task = create_task(log_and_give(log, 1));
    EXPECT_EQ(asked, true);
    EXPECT_EQ(log, Log{"runs"});
    co_await task;
    get_running_loop().set_task_factory({});
}

CO_TEST(TaskFactory, that_gives_another_task_is_refused) {
    Reports reports;
    const AnyTask self = current_task();
    get_running_loop().set_task_factory([self](EventLoop&, AnyCoro, TaskOptions) { return self; });
    Log log;
    CO_EXPECT_RAISES(create_task(log_and_give(log, 1)), RuntimeError);
    get_running_loop().set_task_factory({});
    EXPECT_EQ(reports.only().message,
              "RuntimeWarning: coroutine 'asyncio::test::log_and_give' was never awaited");
    co_return;
}

} // namespace
} // namespace asyncio::test
