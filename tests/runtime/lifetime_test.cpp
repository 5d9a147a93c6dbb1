#include "support.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

/// A primitive is destroyed or moved while tasks wait on it or hold it; tasks and handles are used after the
/// objects they belong to.

namespace asyncio::test {
namespace {

/// The primitives, as locals of one task, that other tasks can wait on.
struct Primitives {
    Lock lock;
    Event event;
    Semaphore semaphore{1};
    Condition condition;
    Barrier barrier{3};
    Queue<int> empty;
    Queue<int> full{1};

    Primitives() { full.put_nowait(1); }
};

using Use = std::function<Coro<>(Primitives&)>;

/// A way to suspend in a primitive, which logs how the wait ended.
struct Way {
    const char* name;
    Use use;
    friend void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }
};

Coro<> hold_lock(Primitives& all) {
    auto held = co_await all.lock.scoped();
    co_await Future<>();
}
Coro<> hold_slot(Primitives& all) {
    auto held = co_await all.semaphore.scoped();
    co_await Future<>();
}
Coro<> hold_condition(Primitives& all) {
    auto held = co_await all.condition.scoped();
    co_await Future<>();
}
Coro<> wait_for_condition(Primitives& all) {
    auto held = co_await all.condition.scoped();
    co_await all.condition.wait();
}
Coro<> wait_until(Primitives& all) {
    co_await async_with(all.condition,
                        [&]() -> Coro<bool> { return all.condition.wait_for([] { return false; }); });
}
Coro<> in_async_with(Primitives& all) {
    co_await async_with(all.lock, []() -> Coro<> { co_await Future<>(); });
}
Coro<> in_async_with_semaphore(Primitives& all) {
    co_await async_with(all.semaphore, []() -> Coro<> { co_await Future<>(); });
}
Coro<> lock_twice(Primitives& all) {
    auto held = co_await all.lock.scoped();
    auto again = co_await all.lock.scoped();
}
Coro<> in_exit_stack(Primitives& all) {
    co_await async_with(AsyncExitStack(), [&](AsyncExitStack& stack) -> Coro<> {
        co_await stack.enter_async_context(all.lock);
        co_await stack.enter_async_context(all.semaphore);
        co_await Future<>();
    });
}

const std::vector<Way>& ways() {
    static const std::vector<Way> all{
        {.name = "holds a lock", .use = hold_lock},
        {.name = "waits for a lock that it holds", .use = lock_twice},
        {.name = "holds a slot", .use = hold_slot},
        {.name = "holds a condition", .use = hold_condition},
        {.name = "waits for a condition", .use = wait_for_condition},
        {.name = "waits for a predicate", .use = wait_until},
        {.name = "is in async_with of a lock", .use = in_async_with},
        {.name = "is in async_with of a semaphore", .use = in_async_with_semaphore},
        {.name = "is in an exit stack", .use = in_exit_stack},
        {.name = "waits for an event", .use = [](Primitives& all) -> Coro<> { co_await all.event.wait(); }},
        {.name = "waits at a barrier", .use = [](Primitives& all) -> Coro<> { co_await all.barrier.wait(); }},
        {.name = "gets", .use = [](Primitives& all) -> Coro<> { co_await all.empty.get(); }},
        {.name = "puts", .use = [](Primitives& all) -> Coro<> { co_await all.full.put(2); }},
        {.name = "sleeps", .use = [](Primitives&) -> Coro<> { co_await sleep(1000); }},
        {.name = "is in a timeout",
         .use = [](Primitives&) -> Coro<> {
             co_await async_with(timeout(1000), []() -> Coro<> { co_await Future<>(); });
         }},
        {.name = "joins", .use = [](Primitives& all) -> Coro<> { co_await all.full.join(); }},
    };
    return all;
}

class PrimitiveThatGoes : public testing::TestWithParam<Way> {
protected:
    /// Two tasks that use it: one that holds it, where that is possible, and one that comes later.
    static std::vector<Task<>> begin(Primitives& all) {
        return {create_task(GetParam().use(all), "first"), create_task(GetParam().use(all), "second")};
    }
};

std::string name_of(const testing::TestParamInfo<Way>& info) {
    std::string name = info.param.name;
    std::ranges::replace(name, ' ', '_');
    return name;
}
INSTANTIATE_TEST_SUITE_P(Ways, PrimitiveThatGoes, testing::ValuesIn(ways()), name_of);

TEST_P(PrimitiveThatGoes, while_its_tasks_are_cancelled_after_it) {
    run_virtual([]() -> Coro<> {
        auto primitives = std::make_unique<Primitives>();
        const std::vector<Task<>> tasks = begin(*primitives);
        co_await sleep(1);
        primitives.reset();
        for (const Task<>& task : tasks) task.cancel();
        co_await gather(return_exceptions, tasks);
        for (const Task<>& task : tasks) EXPECT_TRUE(task.cancelled());
    }());
}

TEST_P(PrimitiveThatGoes, at_the_end_of_a_run) {
    std::vector<Task<>> kept;
    run_virtual([](std::vector<Task<>>& tasks) -> Coro<> {
        Primitives primitives;
        tasks = begin(primitives);
        co_await sleep(1);
    }(kept));
    for (const Task<>& task : kept) EXPECT_TRUE(task.cancelled());
}

TEST_P(PrimitiveThatGoes, when_a_gather_raises) {
    EXPECT_THROW(run_virtual([]() -> Coro<> {
                     Primitives primitives;
                     co_await gather(GetParam().use(primitives), GetParam().use(primitives), []() -> Coro<> {
                         co_await sleep(1);
                         throw ValueError("failed");
                     }());
                 }()),
                 ValueError);
}

TEST_P(PrimitiveThatGoes, before_the_await_graph_and_the_deadlock_report_name_it) {
    std::vector<Task<>> kept;
    try {
        run_virtual([](std::vector<Task<>>& tasks) -> Coro<> {
            {
                Primitives primitives;
                tasks = begin(primitives);
                co_await sleep(1);
            }
            EXPECT_EQ(capture_await_graph().size(), 3u);
            co_await Future<>(); // never completed
        }(kept));
        ADD_FAILURE() << "it was no deadlock";
    } catch (const DeadlockError&) {
    }
    // The tasks' loop is closed.
    for (const Task<>& task : kept) EXPECT_FALSE(task.cancel());
}

TEST_P(PrimitiveThatGoes, by_a_move_before_anybody_waits) {
    run_virtual([]() -> Coro<> {
        auto make = [] { return Primitives(); };
        std::optional<Primitives> moved(make());
        const std::vector<Task<>> tasks = begin(*moved);
        co_await sleep(1);
        const Primitives there = std::move(*moved);
        for (const Task<>& task : tasks) task.cancel();
        co_await gather(return_exceptions, tasks);
    }());
}

TEST_P(PrimitiveThatGoes, with_an_async_generator_that_outlives_its_loop) {
    std::optional<AsyncGenerator<int>> kept;
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.run_until_complete([](std::optional<AsyncGenerator<int>>& generator) -> Coro<> {
            generator.emplace([]() -> AsyncGenerator<int> {
                Primitives primitives;
                co_await GetParam().use(primitives);
                co_yield 1;
            }());
            create_task([](AsyncGenerator<int>& given) -> Coro<> { co_await given.next(); }(*generator));
            co_await sleep(1);
        }(kept));
    }
    kept.reset();
}

CO_TEST(Lifetime, a_lock_goes_on_to_those_who_wait_for_it_when_the_object_is_gone) {
    Log log;
    const auto use = [](Lock& lock, Log& lines, std::string name) -> Coro<> {
        auto held = co_await lock.scoped();
        lines.push_back(name);
        co_await sleep(1);
    };
    auto lock = std::make_unique<Lock>();
    auto first = create_task(use(*lock, log, "first"));
    auto second = create_task(use(*lock, log, "second"));
    co_await sleep(0.5);
    lock.reset();
    co_await gather(first, second);
    EXPECT_EQ(log, (Log{"first", "second"}));
}

CO_TEST(Lifetime, a_timeout_that_goes_in_its_own_body_still_ends_it) {
    auto limit = std::make_unique<Timeout>(timeout(1));
    bool timed_out = false;
    try {
        co_await async_with(*limit, [&]() -> Coro<> {
            limit.reset();
            co_await sleep(5);
        });
    } catch (const TimeoutError&) {
        timed_out = true;
    }
    EXPECT_TRUE(timed_out);
}

CO_TEST(Lifetime, a_generator_that_goes_while_a_task_is_inside_next_gives_that_its_value) {
    auto generator = std::make_unique<AsyncGenerator<int>>([](Counted) -> AsyncGenerator<int> {
        co_await sleep(1);
        co_yield 7;
    }(Counted()));
    auto next = create_task([](AsyncGenerator<int>& numbers) -> Coro<std::optional<int>> {
        co_return co_await numbers.next();
    }(*generator));
    co_await sleep(0);
    generator.reset();
    EXPECT_EQ(Counted::alive, 1);
    EXPECT_EQ(co_await next, 7);
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Lifetime, a_generator_that_goes_in_the_body_of_aclosing_is_closed_at_its_end) {
    Log log;
    auto generator = std::make_unique<AsyncGenerator<int>>([](Log& lines, Counted) -> AsyncGenerator<int> {
        try {
            co_yield 1;
        } catch (const GeneratorExit&) {
            lines.push_back("closed");
            throw;
        }
    }(log, Counted()));
    co_await async_with(aclosing(*generator), [&](AsyncGenerator<int>& numbers) -> Coro<> {
        generator.reset();
        EXPECT_EQ(Counted::alive, 1);
        EXPECT_EQ(co_await numbers.next(), 1);
        EXPECT_TRUE(log.empty());
    });
    EXPECT_EQ(log, (Log{"closed"}));
    EXPECT_EQ(Counted::alive, 0);
}

CO_TEST(Lifetime, a_group_that_goes_in_the_first_step_of_a_task_that_starts_at_once_has_that_task) {
    auto group = std::make_unique<TaskGroup>();
    bool ended = false;
    co_await async_with(*group, [&](TaskGroup&) -> Coro<> {
        const auto member = [&]() -> Coro<> {
            group.reset();
            co_await sleep(1);
            ended = true;
        };
        group->create_task(member, {.eager_start = true});
        co_return;
    });
    EXPECT_TRUE(ended);
}

CO_TEST(Lifetime, as_completed_that_goes_before_its_next_begins_or_ends_gives_that_its_result) {
    std::vector<Task<int>> tasks{create_task(sleep(1, 1)), create_task(sleep(2, 2))};
    auto results = std::make_unique<AsCompleted<Task<int>>>(as_completed(tasks));
    auto waiting = create_task(results->next());
    co_await sleep(0);
    auto not_begun = create_task(results->next_done());
    results.reset();
    EXPECT_EQ(co_await waiting, 1);
    const auto second = co_await not_begun;
    EXPECT_EQ(second->result(), 2);
}

CO_TEST(Lifetime, a_stack_that_goes_in_its_body_or_while_a_task_enters_leaves_all_in_the_end) {
    Lock lock;
    co_await lock.acquire();
    auto stack = std::make_unique<AsyncExitStack>();
    auto entering = create_task(stack->enter_async_context(lock));
    Log log;
    co_await async_with(*stack, [&](AsyncExitStack& entered) -> Coro<> {
        entered.callback([&] { log.push_back("left"); });
        co_await sleep(1);
        stack.reset();
        lock.release();
        co_await entering;
        EXPECT_TRUE(lock.locked());
        EXPECT_TRUE(log.empty());
    });
    EXPECT_FALSE(lock.locked());
    EXPECT_EQ(log, (Log{"left"}));
}

CO_TEST(Lifetime, a_stack_that_goes_before_its_aclose_begins_is_closed) {
    bool left = false;
    auto stack = std::make_unique<AsyncExitStack>();
    stack->callback([&] { left = true; });
    auto closing = create_task(stack->aclose());
    stack.reset();
    co_await closing;
    EXPECT_TRUE(left);
}

TEST(Lifetime, a_task_that_outlives_its_loop_can_be_asked_and_cancelled) {
    std::optional<Task<>> left;
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.run_until_complete([](std::optional<Task<>>& kept) -> Coro<> {
            kept.emplace(create_task([]() -> Coro<> { co_await Future<>(); }()));
            co_await sleep(1);
        }(left));
    }
    EXPECT_FALSE(left->done());
    EXPECT_FALSE(left->cancel());
    EXPECT_EQ(left->cancelling(), 0u);
}

TEST(Lifetime, destructors_may_cancel_the_tasks_of_a_loop_that_closes) {
    struct Cancels {
        Task<>& task;
        ~Cancels() { task.cancel(); }
    };
    std::vector<Task<>> tasks;
    {
        EventLoop loop(std::make_unique<VirtualClock>());
        loop.run_until_complete([](std::vector<Task<>>& all) -> Coro<> {
            all.reserve(3);
            all.push_back(create_task([]() -> Coro<> { co_await Future<>(); }()));
            // It waits for the first, and each cancels the other when it is destroyed.
            all.push_back(create_task([](std::vector<Task<>>& others) -> Coro<> {
                const Cancels last{others[2]};
                co_await others[0];
            }(all)));
            all.push_back(create_task([](std::vector<Task<>>& others) -> Coro<> {
                const Cancels middle{others[1]};
                co_await others[1];
            }(all)));
            co_await sleep(1);
        }(tasks));
    }
    EXPECT_EQ(tasks.size(), 3u);
}

/// The error of each moved-from handle.
template <class F> void is_refused(F use) {
    try {
        use();
        ADD_FAILURE() << "nothing was raised";
    } catch (const RuntimeError& error) {
        EXPECT_TRUE(std::string(error.what()).contains("moved from")) << error.what();
    }
}

CO_TEST(MovedHandle, says_so) {
    auto task = create_task(sleep(0));
    auto kept = std::move(task);
    is_refused([&] { (void)task.done(); });              // NOLINT(bugprone-use-after-move): that is the test
    is_refused([&] { (void)task.cancel(); });            // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)task.get_name(); });          // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)task.operator co_await(); }); // NOLINT(bugprone-use-after-move)
    is_refused([&] { task.add_done_callback([] {}); });  // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)gather(task); });             // NOLINT(bugprone-use-after-move)

    Future<int> future;
    const auto future_kept = std::move(future);
    is_refused([&] { future.set_result(1); });  // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)future.result(); }); // NOLINT(bugprone-use-after-move)

    auto generator = []() -> AsyncGenerator<int> { co_yield 1; }();
    auto generator_kept = std::move(generator);
    is_refused([&] { (void)generator.next(); });   // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)generator.aclose(); }); // NOLINT(bugprone-use-after-move)

    auto results = as_completed(kept);
    auto results_kept = std::move(results);
    is_refused([&] { (void)results.next(); });      // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)results.next_done(); }); // NOLINT(bugprone-use-after-move)

    Lock kept_lock;
    AsyncExitStack stack;
    const auto stack_kept = std::move(stack);
    is_refused([&] { stack.callback([] {}); });                      // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)stack.enter_async_context(kept_lock); }); // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)stack.aclose(); });                       // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)stack.pop_all(); });                      // NOLINT(bugprone-use-after-move)

    Lock lock;
    const Lock lock_kept = std::move(lock);
    is_refused([&] { (void)lock.acquire(); }); // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)lock.locked(); });  // NOLINT(bugprone-use-after-move)
    Queue<int> queue;
    const Queue<int> queue_kept = std::move(queue);
    is_refused([&] { queue.put_nowait(1); }); // NOLINT(bugprone-use-after-move)
    is_refused([&] { (void)queue.get(); });   // NOLINT(bugprone-use-after-move)
    Handle handle = get_running_loop().call_soon([] {});
    const Handle handle_kept = std::move(handle);
    is_refused([&] { handle.cancel(); }); // NOLINT(bugprone-use-after-move)
    auto reader = make_stream_reader();
    const auto reader_kept = std::move(reader);
    is_refused([&] { (void)reader.at_eof(); }); // NOLINT(bugprone-use-after-move)
    co_await kept;
}

} // namespace
} // namespace asyncio::test
