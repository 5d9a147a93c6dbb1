#include "support.hpp"

#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <unordered_set>

namespace asyncio::test {
namespace {

CO_TEST(Task, starts_in_the_next_turn) {
    Log log;
    auto task = create_task([&]() -> Coro<int> {
        log.push_back("runs");
        co_return 1;
    });
    EXPECT_TRUE(log.empty());
    EXPECT_EQ(task.state(), TaskState::ready);
    EXPECT_EQ(co_await task, 1);
    EXPECT_EQ(task.state(), TaskState::done);
}

CO_TEST(Task, tasks_start_in_the_order_of_their_creation) {
    Log log;
    auto note = [&](std::string name) -> Coro<> {
        log.push_back(name);
        co_return;
    };
    auto a = create_task(note("a"));
    auto b = create_task(note("b"));
    co_await b;
    EXPECT_EQ(log, (Log{"a", "b"}));
}

CO_TEST(Task, can_be_awaited_by_many_and_often) {
    auto task = create_task([]() -> Coro<int> {
        co_await sleep(1);
        co_return 2;
    });
    auto awaiting = [&]() -> Coro<int> { co_return co_await task; };
    EXPECT_EQ(co_await gather(awaiting(), awaiting()), (std::array{2, 2}));
    EXPECT_EQ(co_await task, 2);
    EXPECT_EQ(task.result(), 2);
}

CO_TEST(Task, gives_results_that_only_move_references_and_void) {
    int value = 0;
    auto owner = create_task([]() -> Coro<std::unique_ptr<int>> { co_return std::make_unique<int>(1); });
    auto reference = create_task([](int& value) -> Coro<int&> { co_return value; }, std::ref(value));
    auto nothing = create_task([]() -> Coro<> { co_return; });
    EXPECT_EQ(*co_await owner, 1);
    EXPECT_EQ(&co_await reference, &value);
    co_await nothing;
    nothing.result();
}

CO_TEST(Task, raises_its_error_at_the_await) {
    auto task = create_task([]() -> Coro<> {
        throw std::runtime_error("broken");
        co_return;
    });
    CO_EXPECT_RAISES(co_await task, std::runtime_error);
    EXPECT_EQ(describe(task.exception()), "std::runtime_error: broken");
    EXPECT_FALSE(task.cancelled());
}

CO_TEST(Task, lives_without_a_handle_until_it_is_done) {
    Log log;
    create_task([&log, counted = Counted()]() -> Coro<> {
        co_await sleep(1);
        log.push_back("done");
    });
    co_await sleep(2);
    EXPECT_EQ(log, Log{"done"});
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Task, frees_its_frame_before_anyone_hears_of_its_end) {
    auto task = create_task([](Counted) -> Coro<int> { co_return 1; }, Counted());
    EXPECT_EQ(Counted::alive, 1);
    task.add_done_callback([] { EXPECT_EQ(Counted::alive, 0); });
    co_await task;
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Task, keeps_a_capturing_lambda_and_its_arguments_alive) {
    auto spawn = [] {
        return create_task(
            [text = std::string(100, 'x')](std::string more) -> Coro<std::size_t> {
                co_await sleep(1);
                co_return text.size() + more.size();
            },
            std::string(200, 'y'));
    };
    EXPECT_EQ(co_await spawn(), 300u);
}

CO_TEST(Task, has_a_name_of_its_own_or_one_it_is_given) {
    auto job = []() -> Coro<> { co_return; };
    auto first = create_task(job());
    auto second = create_task(job());
    EXPECT_TRUE(first.get_name().starts_with("Task-"));
    EXPECT_NE(first.get_name(), second.get_name());
    auto named = create_task(job(), "fetch");
    EXPECT_EQ(named.get_name(), "fetch");
    named.set_name("other");
    EXPECT_EQ(named.get_name(), "other");
    EXPECT_EQ(create_task(job(), {.name = "by option"}).get_name(), "by option");
    co_await gather(first, second, named);
}

CO_TEST(Task, current_task_is_the_one_that_runs) {
    const AnyTask main = current_task();
    auto task = create_task([]() -> Coro<> {
        co_await sleep(0);
        current_task().set_name("me");
    });
    co_await task;
    EXPECT_EQ(task.get_name(), "me");
    EXPECT_EQ(current_task(), main);
    EXPECT_NE(current_task(), AnyTask(task));
}

CO_TEST(Task, there_is_no_current_task_in_a_callback) {
    Reports reports;
    get_running_loop().call_soon([] { CO_EXPECT_RAISES(current_task(), RuntimeError); });
    co_await sleep(0);
    EXPECT_TRUE(reports.all().empty());
}

CO_TEST(Task, all_tasks_names_those_that_are_not_done) {
    auto job = []() -> Coro<> { co_await sleep(1); };
    auto a = create_task(job(), "a");
    auto b = create_task(job(), "b");
    EXPECT_EQ(all_tasks(), (std::vector<AnyTask>{current_task(), a, b}));
    co_await gather(a, b);
    EXPECT_EQ(all_tasks(), std::vector<AnyTask>{current_task()});
}

CO_TEST(Task, refuses_to_await_itself) {
    std::optional<Task<>> self;
    auto task = create_task([&]() -> Coro<> { CO_EXPECT_RAISES(co_await *self, RuntimeError); });
    self = task;
    co_await task;
}

CO_TEST(Task, refuses_set_result_and_set_exception) {
    auto task = create_task([]() -> Coro<int> { co_return 1; });
    CO_EXPECT_RAISES(task.set_result(2), RuntimeError);
    CO_EXPECT_RAISES(task.set_exception(std::runtime_error("x")), RuntimeError);
    EXPECT_EQ(co_await task, 1);
}

CO_TEST(Task, refuses_to_be_read_while_it_is_pending) {
    auto task = create_task([]() -> Coro<int> { co_return 1; });
    CO_EXPECT_RAISES(task.result(), InvalidStateError);
    CO_EXPECT_RAISES(task.exception(), InvalidStateError);
    co_await task;
}

CO_TEST(Task, awaiting_AnyTask_waits_and_raises) {
    auto good = create_task([]() -> Coro<int> {
        co_await sleep(1);
        co_return 1;
    });
    auto bad = create_task([]() -> Coro<> {
        throw std::runtime_error("x");
        co_return;
    });
    co_await AnyTask(good);
    EXPECT_TRUE(good.done());
    CO_EXPECT_RAISES(co_await AnyTask(bad), std::runtime_error);
}

TEST(Task, cannot_be_made_without_a_running_loop) {
    auto coro = []() -> Coro<> { co_return; }();
    EXPECT_THROW(create_task(std::move(coro)), RuntimeError);
    EXPECT_THROW(current_task(), RuntimeError);
    EXPECT_THROW(all_tasks(), RuntimeError);
}

TEST(Task, names_its_states) {
    EXPECT_STREQ(to_string(TaskState::created), "created");
    EXPECT_STREQ(to_string(TaskState::ready), "ready");
    EXPECT_STREQ(to_string(TaskState::running), "running");
    EXPECT_STREQ(to_string(TaskState::suspended), "suspended");
    EXPECT_STREQ(to_string(TaskState::done), "done");
}

CO_TEST(EagerTask, runs_its_first_step_at_once) {
    Log log;
    auto job = [&]() -> Coro<int> {
        log.push_back("first step");
        co_await sleep(0);
        log.push_back("second step");
        co_return 1;
    };
    auto task = create_task(job(), {.eager_start = true});
    EXPECT_EQ(log, Log{"first step"});
    EXPECT_FALSE(task.done());
    EXPECT_EQ(co_await task, 1);
    EXPECT_EQ(log, (Log{"first step", "second step"}));
}

CO_TEST(EagerTask, that_never_suspends_is_done_at_once) {
    auto job = [](Counted) -> Coro<int> { co_return 1; };
    auto task = create_task(job({}), {.eager_start = true});
    EXPECT_TRUE(task.done());
    EXPECT_EQ(Counted::alive, 0);
    EXPECT_EQ(task.result(), 1);
    co_return;
}

CO_TEST(EagerTask, is_the_current_task_in_its_first_step_and_gives_back_the_outer) {
    const AnyTask main = current_task();
    auto job = [&]() -> Coro<> {
        EXPECT_NE(current_task(), main);
        EXPECT_EQ(all_tasks().size(), 2u);
        co_return;
    };
    create_task(job(), {.eager_start = true});
    EXPECT_EQ(current_task(), main);
    co_await sleep(0);
    EXPECT_EQ(current_task(), main);
}

CO_TEST(EagerTask, that_fails_at_once_keeps_its_error_for_the_await) {
    auto job = []() -> Coro<> {
        throw std::runtime_error("x");
        co_return;
    };
    auto task = create_task(job(), {.eager_start = true});
    EXPECT_TRUE(task.done());
    CO_EXPECT_RAISES(co_await task, std::runtime_error);
}

Coro<> nested_sleep() { co_await sleep(1); }
Coro<> outer_of_nested_sleep() { co_await nested_sleep(); }

CO_TEST(Task, get_coro_and_get_stack_name_its_coroutine_and_where_it_is) {
    auto task = create_task(outer_of_nested_sleep());
    co_await sleep(0);
    const Frame frame = task.get_coro();
    EXPECT_EQ(frame.function, "asyncio::test::outer_of_nested_sleep");
    EXPECT_EQ(frame.line, std::source_location::current().line() - 7);
    EXPECT_EQ(task.get_stack(), std::vector{frame});
    co_await task;
    EXPECT_TRUE(task.get_stack().empty());
}

CO_TEST(Task, print_stack_writes_it_as_Python_does) {
    auto task = create_task(outer_of_nested_sleep(), "t");
    co_await sleep(0);
    char text[1000] = {};
    std::FILE* file = std::tmpfile();
    task.print_stack(file);
    std::rewind(file);
    const std::size_t size = std::fread(text, 1, sizeof text - 1, file);
    std::fclose(file);
    const Frame frame = task.get_coro();
    EXPECT_EQ(std::string(text, size), "Stack for task 't' (most recent call last):\n  File \"" + frame.file +
                                           "\", line " + std::to_string(frame.line) + ", in " +
                                           frame.function + "\n");
    co_await task;
}

CO_TEST(Task, that_awaits_itself_hears_of_it_in_the_next_turn) {
    Log log;
    auto task = create_task([&]() -> Coro<> {
        try {
            get_running_loop().call_soon([&] { log.push_back("a turn"); });
            co_await current_task();
        } catch (const RuntimeError&) {
            log.push_back("raised");
        }
    });
    co_await task;
    EXPECT_EQ(log, (Log{"a turn", "raised"}));
}

CO_TEST(Task, that_awaits_itself_and_is_cancelled_meanwhile_is_cancelled) {
    auto task = create_task([]() -> Coro<> { co_await current_task(); });
    co_await sleep(0);
    EXPECT_TRUE(task.cancel());
    CO_EXPECT_RAISES(co_await task, CancelledError);
}

CO_TEST(Task, can_be_a_key_of_a_set_and_of_a_map_in_the_order_of_creation) {
    const auto give = [](int value) -> Coro<int> { co_return value; };
    const Task<int> first = create_task(give(1));
    const Task<int> second = create_task(give(2));
    const Task<int> third = create_task(give(3));
    EXPECT_EQ((std::set{third, first, second, first}), (std::set{first, second, third}));
    const std::set later{third, second};
    EXPECT_EQ(*later.begin(), second);
    std::map<AnyTask, std::string> names{{third, "third"}, {first, "first"}};
    EXPECT_EQ(names.begin()->second, "first");
    EXPECT_EQ(names.at(third), "third");
    EXPECT_TRUE(std::unordered_set<AnyTask>{first}.contains(AnyTask(first)));
    EXPECT_LT(Future<>(), AnyFuture(first));
    co_await gather(first, second, third);
}

} // namespace
} // namespace asyncio::test
