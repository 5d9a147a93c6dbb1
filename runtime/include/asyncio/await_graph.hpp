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

/// What kind of thing a task waits for.
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
/// In words: "a Lock", "get() from a Queue".
const char* to_string(AwaitedKind kind) noexcept;

/// What a task waits for.
struct AwaitedThing {
    AwaitedKind kind = AwaitedKind::future;
    /// The same for the same thing: of a primitive its id(), such as lock.id().
    const void* identity = nullptr;
    /// Who keeps the others waiting, where that is known: of a Lock, the task that holds it.
    std::vector<AnyTask> holders = {};
    /// What has to end first: the task, the children of a gather(), the members of a TaskGroup.
    std::vector<AnyFuture> futures = {};

    /// "a Lock held by task 'Task-2'". Of a great many things it names the first hundred, and says how many there are
    /// beside them.
    std::string describe() const;
};

/// A task as it stands.
struct AwaitNode {
    AnyTask task;
    std::string name;
    TaskState state;
    /// The program's own coroutines, innermost first: the first is at the co_await.
    std::vector<Frame> call_stack;
    /// Nothing when the task is ready, runs, or has not begun.
    std::optional<AwaitedThing> waits_for;
    /// The tasks and futures that wait for its end.
    std::vector<AnyFuture> awaited_by;
};

/// Every task of the loop that is not done, in the order of their creation, with what it waits for.
/// Nothing is kept up for this: it costs what it shows, when it is asked for.
std::vector<AwaitNode> capture_await_graph(EventLoop& loop = get_running_loop());

namespace detail {

/// The beginning of the await graph, for who shows no more of it.
struct AwaitGraphPart {
    std::vector<AwaitNode> nodes;
    /// How many tasks come after these.
    std::size_t omitted = 0;
};

/// It costs what it holds, however many tasks there are.
AwaitGraphPart capture_await_graph(EventLoop& loop, std::size_t most);

} // namespace detail

} // namespace asyncio
