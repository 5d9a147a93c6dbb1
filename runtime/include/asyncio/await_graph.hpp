#pragma once

#include <asyncio/event_loop.hpp>
#include <asyncio/frame.hpp>
#include <asyncio/future.hpp>
#include <asyncio/task.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace asyncio {

/// The kind of thing that a task waits for.
enum class AwaitedKind : std::uint8_t {
    future,
    task,
    gather,
    shield,
    wait,
    task_group,
    sleep,
    lock,
    event,
    condition,
    semaphore,
    barrier,
    queue_get,
    queue_put,
    queue_join,
};
/// As text: "a Lock", "get() from a Queue".
const char* to_string(AwaitedKind kind) noexcept;

/// What a task waits for.
struct AwaitedThing {
    AwaitedKind kind = AwaitedKind::future;
    /// Identifies the thing; for a primitive it is its id(), such as lock.id().
    const void* identity = nullptr;
    /// The tasks that block the waiters, if known: for a Lock, the task that holds it.
    std::vector<AnyTask> holders = {};
    /// What must complete first: the task, the children of a gather(), the members of a TaskGroup.
    std::vector<AnyFuture> futures = {};

    /// "a Lock held by task 'Task-2'". Names at most the first hundred and gives the number of the others.
    std::string describe() const;
};

/// The current state of a task.
struct AwaitNode {
    AnyTask task;
    std::string name;
    TaskState state;
    /// The coroutines of the program, without the library's; innermost first: the first is at the co_await.
    std::vector<Frame> call_stack;
    /// Empty if the task is ready, is running, or has not started.
    std::optional<AwaitedThing> waits_for;
    /// The tasks and futures that wait for this task.
    std::vector<AnyFuture> awaited_by;
};

/// All tasks of the loop that are not done, in order of creation, with what each waits for. No data is
/// maintained for this in advance: the cost is proportional to the result.
std::vector<AwaitNode> capture_await_graph(EventLoop& loop = get_running_loop());

namespace detail {

/// The first nodes of the await graph, for callers that show only a part of it.
struct AwaitGraphPart {
    std::vector<AwaitNode> nodes;
    /// The number of tasks after these.
    std::size_t omitted = 0;
};

/// The cost depends on `most`, not on the number of tasks.
AwaitGraphPart capture_await_graph(EventLoop& loop, std::size_t most);

} // namespace detail

} // namespace asyncio
