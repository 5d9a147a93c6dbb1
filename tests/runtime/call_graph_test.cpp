#include "support.hpp"

#include <format>

namespace asyncio::test {
namespace {

int line(std::source_location where = std::source_location::current()) {
    return static_cast<int>(where.line());
}

/// "function:line" of each frame, the line relative to `from`.
Log stack_of(const FutureCallGraph& graph, int from) {
    Log stack;
    for (const auto& [frame] : graph.call_stack)
        stack.push_back(frame.function.substr(frame.function.rfind(':') + 1) + "+" +
                        std::to_string(static_cast<int>(frame.line) - from));
    return stack;
}

int base = 0;

// The graph refers to its task: as the result of that task it would keep it alive.
using Captured = std::optional<FutureCallGraph>;

Coro<> innermost(Captured& graph, CallGraphOptions options) {
    base = line();
    graph = capture_call_graph(options); // +1
    co_return;
}
Coro<> middle(Captured& graph, CallGraphOptions options) { co_await innermost(graph, options); } // +4
Coro<> outer(Captured& graph, CallGraphOptions options = {}) {
    co_await middle(graph, options); // +6
}

Coro<Log> stack_with(CallGraphOptions options) {
    Captured graph;
    co_await create_task(outer(graph, options));
    co_return stack_of(*graph, base);
}

CO_TEST(CallGraph, of_the_current_task_begins_with_the_caller_and_knows_each_co_await) {
    Captured graph;
    co_await create_task(outer(graph));
    EXPECT_EQ(stack_of(*graph, base), (Log{"innermost+1", "middle+4", "outer+6"}));
    EXPECT_EQ(graph->call_stack.front().frame.kind, "async");
    EXPECT_EQ(graph->call_stack.front().frame.file, std::source_location::current().file_name());
}

Coro<> at_the_barrier(Barrier& barrier) {
    base = line();
    co_await barrier.wait(); // +1
}

CO_TEST(CallGraph, leaves_out_the_coroutines_of_the_library) {
    Barrier barrier(2);
    auto task = create_task(at_the_barrier(barrier));
    co_await sleep(0);
    EXPECT_EQ(stack_of(capture_call_graph(task), base), (Log{"at_the_barrier+1"}));
    task.cancel();
    co_await wait(task);
}

CO_TEST(CallGraph, names_the_tasks_that_wait_and_where) {
    Captured graph;
    co_await create_task(outer(graph), "child");
    EXPECT_EQ(graph->awaited_by.size(), 1u);
    EXPECT_EQ(graph->awaited_by.at(0).future, current_task());
    EXPECT_EQ(graph->awaited_by.at(0).call_stack.size(), 1u);
    EXPECT_EQ(graph->awaited_by.at(0).call_stack.at(0).frame.function,
              "asyncio::test::CallGraph_names_the_tasks_that_wait_and_where");
}

CO_TEST(CallGraph, limit_keeps_the_outermost_frames_or_with_a_minus_the_innermost) {
    EXPECT_EQ(co_await stack_with({.limit = 2}), (Log{"middle+4", "outer+6"}));
    EXPECT_EQ(co_await stack_with({.limit = -1}), (Log{"innermost+1"}));
    EXPECT_EQ(co_await stack_with({.limit = 0}), Log{});
    EXPECT_EQ((co_await stack_with({.limit = 9})).size(), 3u);
}

CO_TEST(CallGraph, depth_leaves_out_frames_from_the_caller_on) {
    EXPECT_EQ(co_await stack_with({.depth = 2}), (Log{"middle+4", "outer+6"}));
    EXPECT_EQ(co_await stack_with({.depth = 9}), Log{});
}

FutureCallGraph from_a_function() { return *capture_call_graph(); }

CO_TEST(CallGraph, shows_a_plain_function_that_asks_as_such) {
    const FutureCallGraph graph = from_a_function();
    EXPECT_EQ(graph.call_stack.size(), 2u);
    EXPECT_EQ(graph.call_stack[0].frame.function, "asyncio::test::from_a_function");
    EXPECT_EQ(graph.call_stack[0].frame.kind, "");
    EXPECT_EQ(graph.call_stack[1].frame.kind, "async");
    co_return;
}

AsyncGenerator<FutureCallGraph> graphs() { co_yield *capture_call_graph(); }

CO_TEST(CallGraph, knows_an_async_generator_and_goes_on_with_who_iterates_it) {
    auto generator = graphs();
    const auto graph = co_await generator.next();
    EXPECT_EQ(graph->call_stack.size(), 2u);
    EXPECT_EQ(graph->call_stack[0].frame.kind, "async generator");
    EXPECT_EQ(capture_call_graph()->call_stack.size(), 1u); // back in the test itself
}

Coro<> wait_for_event(Event& event) { co_await event.wait(); }
Coro<> wait_deep(Event& event) { co_await wait_for_event(event); }

CO_TEST(CallGraph, of_another_task_shows_where_it_is_suspended) {
    Event event;
    auto task = create_task(wait_deep(event));
    EXPECT_EQ(capture_call_graph(task).call_stack.size(), 1u); // not begun
    co_await sleep(0);
    const FutureCallGraph graph = capture_call_graph(task);
    EXPECT_EQ(graph.call_stack.size(), 2u);
    EXPECT_EQ(graph.call_stack[0].frame.function, "asyncio::test::wait_for_event");
    EXPECT_TRUE(graph.awaited_by.empty());
    event.set();
    co_await task;
    EXPECT_TRUE(capture_call_graph(task).call_stack.empty());
}

CO_TEST(CallGraph, shows_that_who_awaits_gather_awaits_its_children) {
    Event event;
    auto child = create_task(wait_deep(event), "child");
    auto parent = create_task([&]() -> Coro<> { co_await gather(child, sleep(5)); }, "parent");
    co_await sleep(1);
    const FutureCallGraph graph = capture_call_graph(child);
    EXPECT_EQ(graph.awaited_by.size(), 1u);
    EXPECT_EQ(graph.awaited_by.at(0).future, parent);
    event.set();
    co_await parent;
}

CO_TEST(CallGraph, shows_who_waits_by_wait_by_shield_and_at_the_end_of_a_TaskGroup) {
    Event event;
    auto child = create_task(wait_deep(event), "child");
    auto waiting = create_task([&]() -> Coro<> { co_await wait(child); }, "waiting");
    auto shielding = create_task([&]() -> Coro<> { co_await shield(child); }, "shielding");
    std::optional<Task<>> member;
    auto grouping = create_task([&]() -> Coro<> {
        co_await async_with(TaskGroup{}, [&](TaskGroup& group) -> Coro<> {
            member = group.create_task(wait_deep(event));
            co_return;
        });
    });
    co_await sleep(1);
    const FutureCallGraph graph = capture_call_graph(child);
    EXPECT_EQ(graph.awaited_by.size(), 2u);
    EXPECT_EQ(graph.awaited_by.at(0).future, waiting);
    EXPECT_EQ(graph.awaited_by.at(1).future, shielding);
    EXPECT_EQ(capture_call_graph(*member).awaited_by.at(0).future, grouping);
    event.set();
    co_await gather(waiting, shielding, grouping);
}

CO_TEST(CallGraph, takes_notes_of_who_waits_by_other_means_and_ends_at_a_circle) {
    Future<> future, other;
    future_add_to_awaited_by(future, other);
    future_add_to_awaited_by(other, future);
    FutureCallGraph graph = capture_call_graph(future);
    EXPECT_EQ(graph.awaited_by.at(0).future, other);
    EXPECT_TRUE(graph.awaited_by.at(0).awaited_by.empty());
    future_discard_from_awaited_by(future, other);
    EXPECT_TRUE(capture_call_graph(future).awaited_by.empty());
    other.set_result();
    co_await sleep(0);
    EXPECT_TRUE(capture_call_graph(other).awaited_by.empty());
}

CO_TEST(CallGraph, is_empty_in_a_callback) {
    bool empty = false;
    get_running_loop().call_soon([&] { empty = !capture_call_graph() && format_call_graph().empty(); });
    co_await sleep(0);
    EXPECT_TRUE(empty);
}

TEST(CallGraph, of_the_current_task_needs_a_running_loop) {
    EXPECT_THROW(capture_call_graph(), RuntimeError);
}

Coro<std::string> formatted() { co_return format_call_graph(); }

CO_TEST(CallGraph, as_text_is_laid_out_as_Pythons) {
    const std::string place = std::source_location::current().file_name();
    auto task = create_task(formatted(), "child");
    const int here = line() + 1;
    const std::string text = co_await task;
    const auto id = [](const AnyFuture& future) {
        return std::format("{}", static_cast<const void*>(future.ref().get()));
    };
    EXPECT_EQ(text, "* Task(name='child', id=" + id(task) + ")\n" + "  + Call stack:\n" + "  |   File '" +
                        place + "', line " + std::to_string(here - 6) +
                        ", in async asyncio::test::formatted()\n" + "  + Awaited by:\n" +
                        "    * Task(name='" + current_task().get_name() + "', id=" + id(current_task()) +
                        ")\n" + "      + Call stack:\n" + "      |   File '" + place + "', line " +
                        std::to_string(here) +
                        ", in async asyncio::test::CallGraph_as_text_is_laid_out_as_Pythons()");
}

CO_TEST(CallGraph, of_a_task_started_eagerly_is_its_own) {
    Captured graph;
    auto task = create_task(outer(graph), {.eager_start = true});
    EXPECT_EQ(stack_of(*graph, base), (Log{"innermost+1", "middle+4", "outer+6"}));
    EXPECT_TRUE(task.done());
    EXPECT_EQ(capture_call_graph()->call_stack.size(), 1u);
    co_return;
}

} // namespace
} // namespace asyncio::test
