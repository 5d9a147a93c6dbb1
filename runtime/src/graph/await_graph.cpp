#include <asyncio/await_graph.hpp>
#include <asyncio/detail/frames.hpp>

#include <cstddef>
#include <limits>
#include <utility>

namespace asyncio {
namespace {

/// Limits the text for a gather() of very many tasks.
constexpr std::size_t most_described = 100;

/// Lists the names of things up to the limit.
class Description {
public:
    std::string of(const AwaitedThing& thing) {
        if (thing.kind == AwaitedKind::task && !thing.futures.empty())
            return thing.futures.front().ref()->describe_source();
        std::string text = to_string(thing.kind);
        add(text, thing.holders, " held by ", " and ",
            [](const AnyTask& holder) { return "task '" + holder.get_name() + "'"; });
        if (thing.kind == AwaitedKind::future) return text;
        add(text, thing.futures, " of ", ", ",
            [this](const AnyFuture& future) { return of(future.ref()->awaited_thing()); });
        return text;
    }

private:
    template <class T>
    void add(std::string& text, const std::vector<T>& all, const char* first, const char* next, auto name) {
        std::size_t named = 0;
        for (; named < all.size() && left_ > 0; ++named) {
            --left_;
            text += (named == 0 ? first : next) + name(all[named]);
        }
        if (named == all.size()) return;
        text += (named == 0 ? first : " and ") + std::to_string(all.size() - named) + " more";
    }

    std::size_t left_ = most_described;
};

} // namespace

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

std::string AwaitedThing::describe() const { return Description().of(*this); }

std::vector<AwaitNode> capture_await_graph(EventLoop& loop) {
    return detail::capture_await_graph(loop, std::numeric_limits<std::size_t>::max()).nodes;
}

detail::AwaitGraphPart detail::capture_await_graph(EventLoop& loop, std::size_t most) {
    AwaitGraphPart part;
    std::vector<AwaitNode>& graph = part.nodes;
    for (detail::TaskListNode& node : loop.tasks()) {
        if (graph.size() == most) {
            ++part.omitted;
            continue;
        }
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
            added.state = TaskState::ready; // woken, waiting for its turn
        for (const detail::Ref<detail::FutureBase>& awaiter : task.awaited_by())
            added.awaited_by.emplace_back(awaiter);
    }
    return part;
}

} // namespace asyncio
