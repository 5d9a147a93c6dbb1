#include "support.hpp"

#include <algorithm>

namespace asyncio::test {
namespace {

AwaitNode node_of(const AnyTask& task) {
    for (const AwaitNode& node : capture_await_graph())
        if (node.task == task) return node;
    throw LookupError("the task is not in the graph");
}

CO_TEST(AwaitGraph, names_every_task_its_state_and_its_co_await) {
    auto waiting = create_task([]() -> Coro<> { co_await sleep(1); }, "waiting");
    co_await sleep(0);
    auto fresh = create_task(sleep(1), "fresh");
    const std::vector<AwaitNode> graph = capture_await_graph();
    EXPECT_EQ(graph.size(), 3u);
    EXPECT_EQ(graph.at(0).task, current_task());
    EXPECT_EQ(graph.at(0).state, TaskState::running);
    EXPECT_FALSE(graph.at(0).waits_for);
    EXPECT_EQ(graph.at(1).name, "waiting");
    EXPECT_EQ(graph.at(1).state, TaskState::suspended);
    EXPECT_EQ(graph.at(1).waits_for.value().kind, AwaitedKind::sleep);
    EXPECT_EQ(graph.at(1).call_stack.at(0).line, std::source_location::current().line() - 11);
    EXPECT_EQ(graph.at(2).name, "fresh");
    EXPECT_EQ(graph.at(2).state, TaskState::ready);
    EXPECT_FALSE(graph.at(2).waits_for);
    co_await gather(waiting, fresh);
    EXPECT_EQ(capture_await_graph().size(), 1u);
}

CO_TEST(AwaitGraph, names_the_lock_and_who_holds_it) {
    Lock lock;
    auto holder = create_task([&]() -> Coro<> {
        auto held = co_await lock.scoped();
        co_await sleep(2);
    });
    auto next = create_task([&]() -> Coro<> { auto held = co_await lock.scoped(); });
    co_await sleep(1);
    const AwaitedThing thing = node_of(next).waits_for.value();
    EXPECT_EQ(thing.kind, AwaitedKind::lock);
    EXPECT_EQ(thing.identity, lock.id());
    EXPECT_EQ(thing.holders, std::vector<AnyTask>{holder});
    EXPECT_EQ(thing.describe(), "a Lock held by task '" + holder.get_name() + "'");
    co_await gather(holder, next);
}

CO_TEST(AwaitGraph, tells_the_primitives_apart_by_kind_and_address) {
    Event event;
    Condition condition;
    Semaphore semaphore{0};
    Barrier barrier{2};
    Queue<int> empty, full{1}, unfinished;
    full.put_nowait(1);
    unfinished.put_nowait(1);
    Future<int> future;
    struct Expected {
        AnyTask task;
        AwaitedKind kind;
        const void* identity;
        std::string text;
    };
    const std::vector<Expected> all{
        {create_task(event.wait()), AwaitedKind::event, event.id(), "an Event"},
        {create_task([&]() -> Coro<> {
             auto held = co_await condition.scoped();
             co_await condition.wait();
         }),
         AwaitedKind::condition, condition.id(), "a Condition"},
        {create_task(semaphore.acquire()), AwaitedKind::semaphore, semaphore.id(), "a Semaphore"},
        {create_task(barrier.wait()), AwaitedKind::barrier, barrier.id(), "a Barrier"},
        {create_task(empty.get()), AwaitedKind::queue_get, empty.id(), "get() from a Queue"},
        {create_task(full.put(2)), AwaitedKind::queue_put, full.id(), "put() into a Queue"},
        {create_task(unfinished.join()), AwaitedKind::queue_join, unfinished.id(), "join() of a Queue"},
        {create_task([&]() -> Coro<> { co_await future; }), AwaitedKind::future, future.ref().get(),
         "a Future"},
    };
    co_await sleep(1);
    for (const Expected& expected : all) {
        const AwaitedThing thing = node_of(expected.task).waits_for.value();
        EXPECT_EQ(thing.kind, expected.kind) << expected.text;
        EXPECT_EQ(thing.identity, expected.identity) << expected.text;
        EXPECT_EQ(thing.describe(), expected.text);
    }
    for (const Expected& expected : all) expected.task.cancel();
    co_await sleep(1);
}

CO_TEST(AwaitGraph, names_the_futures_that_must_end_first) {
    auto child = create_task(sleep(2), "child");
    auto done = create_task(sleep(0), "done");
    auto waiting = create_task([&]() -> Coro<> { co_await child; });
    auto gathering = create_task([&]() -> Coro<> { co_await gather(child, done); });
    auto choosing = create_task([&]() -> Coro<> { co_await wait(child, done); });
    auto shielding = create_task([&]() -> Coro<> { co_await shield(child); });
    std::optional<AnyTask> member;
    auto grouping = create_task([&]() -> Coro<> {
        co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
            member = group.create_task([]() -> Coro<> { co_await sleep(2); });
            co_return;
        });
    });
    co_await sleep(1);
    const std::vector<AnyFuture> only_child{child};
    for (auto [task, kind] :
         {std::pair(waiting, AwaitedKind::task), std::pair(gathering, AwaitedKind::gather),
          std::pair(choosing, AwaitedKind::wait), std::pair(shielding, AwaitedKind::shield)}) {
        const AwaitedThing thing = node_of(task).waits_for.value();
        EXPECT_EQ(thing.kind, kind);
        EXPECT_EQ(thing.futures, only_child) << to_string(kind);
        EXPECT_NE(thing.describe().find("task 'child'"), std::string::npos) << thing.describe();
    }
    EXPECT_EQ(node_of(grouping).waits_for.value().kind, AwaitedKind::task_group);
    EXPECT_EQ(node_of(grouping).waits_for.value().futures, std::vector<AnyFuture>{*member});
    const std::vector<AnyFuture> awaiters = node_of(child).awaited_by;
    EXPECT_EQ(awaiters.size(), 4u);
    EXPECT_TRUE(std::ranges::contains(awaiters, AnyFuture(waiting)));
    co_await gather(waiting, gathering, choosing, shielding, grouping);
}

Coro<> get_one(Queue<int>& queue) { co_await queue.get(); }

TEST(AwaitGraph, is_what_a_deadlock_is_reported_from) {
    Queue<int> queue;
    std::string text;
    const unsigned line = std::source_location::current().line() - 5;
    try {
        run_virtual(get_one(queue));
    } catch (const DeadlockError& error) {
        text = error.what();
    }
    // The program's own line, not the one in Queue::get().
    EXPECT_NE(text.find("(asyncio::test::get_one at " +
                        std::string(std::source_location::current().file_name()) + ":" +
                        std::to_string(line) + ") waits for get() from a Queue"),
              std::string::npos)
        << text;
}

} // namespace
} // namespace asyncio::test
