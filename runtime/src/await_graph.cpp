#include <asyncio/await_graph.hpp>
#include <asyncio/detail/frames.hpp>

#include <utility>

namespace asyncio {

const char* to_string(AwaitedKind kind) noexcept {
    switch (kind) {
    case AwaitedKind::future: return "a Future";
    case AwaitedKind::task: return "a Task";
    case AwaitedKind::gather: return "gather()";
    case AwaitedKind::shield: return "shield()";
    case AwaitedKind::wait: return "wait()";
    case AwaitedKind::task_group: return "a TaskGroup";
    case AwaitedKind::sleep: return "sleep()";
    case AwaitedKind::lock: return "a Lock";
    case AwaitedKind::event: return "an Event";
    case AwaitedKind::condition: return "a Condition";
    case AwaitedKind::semaphore: return "a Semaphore";
    case AwaitedKind::barrier: return "a Barrier";
    case AwaitedKind::queue_get: return "get() from a Queue";
    case AwaitedKind::queue_put: return "put() into a Queue";
    case AwaitedKind::queue_join: return "join() of a Queue";
    }
    std::unreachable();
}

std::string AwaitedThing::describe() const {
    if (kind == AwaitedKind::task && !futures.empty()) return futures.front().ref()->describe_source();
    std::string text = to_string(kind);
    for (const AnyTask& holder : holders)
        text += (&holder == &holders.front() ? " held by task '" : " and task '") + holder.get_name() + "'";
    if (kind == AwaitedKind::future) return text;
    bool first = true;
    for (const AnyFuture& future : futures) {
        text += std::exchange(first, false) ? " of " : ", ";
        text += future.ref()->awaited_thing().describe();
    }
    return text;
}

std::vector<AwaitNode> capture_await_graph(EventLoop& loop) {
    std::vector<AwaitNode> graph;
    for (detail::TaskListNode& node : loop.tasks()) {
        detail::TaskBase& task = node.task();
        AwaitNode& added = graph.emplace_back(AwaitNode{.task = AnyTask(detail::Ref(&task)),
                                                        .name = task.name(),
                                                        .state = task.task_state(),
                                                        .call_stack = detail::frames_from(task.innermost()),
                                                        .waits_for = {},
                                                        .awaited_by = {}});
        if (detail::FutureBase* awaited = task.waits_for(); awaited != nullptr && !awaited->done())
            added.waits_for = awaited->awaited_thing();
        else if (added.state == TaskState::suspended)
            added.state = TaskState::ready; // woken, its turn comes
        for (const detail::Ref<detail::FutureBase>& awaiter : task.awaited_by())
            added.awaited_by.emplace_back(awaiter);
    }
    return graph;
}

} // namespace asyncio
