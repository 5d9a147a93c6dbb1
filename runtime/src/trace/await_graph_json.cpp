#include "await_graph_json.hpp"

#include "wait_cycles.hpp"

#include <asyncio/await_graph.hpp>
#include <asyncio/event_loop.hpp>

#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <ranges>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace asyncio::detail {
namespace {

using nlohmann::json;

/// More than a diagram can show.
constexpr std::size_t most_tasks = 2000;
/// The innermost coroutines of a task; in a deep recursion the others are of no interest.
constexpr std::size_t most_frames = 100;
/// In bytes.
constexpr std::size_t longest_name = 1000;

const char* name_of(AwaitedKind kind) {
    switch (kind) {
    case AwaitedKind::future: return "future";
    case AwaitedKind::task: return "task";
    case AwaitedKind::gather: return "gather";
    case AwaitedKind::shield: return "shield";
    case AwaitedKind::wait: return "wait";
    case AwaitedKind::task_group: return "task_group";
    case AwaitedKind::sleep: return "sleep";
    case AwaitedKind::lock: return "lock";
    case AwaitedKind::event: return "event";
    case AwaitedKind::condition: return "condition";
    case AwaitedKind::semaphore: return "semaphore";
    case AwaitedKind::barrier: return "barrier";
    case AwaitedKind::queue_get: return "queue_get";
    case AwaitedKind::queue_put: return "queue_put";
    case AwaitedKind::queue_join: return "queue_join";
    }
    std::unreachable();
}

json place_of(const Frame& frame) {
    return {{"function", frame.function}, {"file", frame.file}, {"line", frame.line}};
}

/// The tasks that must end first, including those behind a gather() or a shield().
class TasksOf {
public:
    explicit TasksOf(const AwaitedThing& thing) { add(thing); }
    std::vector<std::uint32_t> ids;

private:
    void add(const AwaitedThing& thing) {
        for (const AnyFuture& future : thing.futures) {
            if (!met_.insert(future.ref().get()).second) continue;
            if (const TaskBase* task = future.ref()->as_task())
                ids.push_back(task->id());
            else
                add(future.ref()->awaited_thing());
        }
    }
    std::unordered_set<const FutureBase*> met_;
};

class Graph {
public:
    Graph(EventLoop& loop, std::size_t most) {
        const auto [nodes, omitted] = capture_await_graph(loop, most);
        omitted_ = omitted;
        for (std::size_t i = 0; i < nodes.size(); ++i) index_.emplace(id_of(nodes[i].task), i);
        edges_.resize(nodes.size());
        for (std::size_t i = 0; i < nodes.size(); ++i) add(i, nodes[i]);
    }

    json describe(const AwaitGraphRequest& request) const {
        json cycles = json::array();
        for (const std::vector<std::size_t>& cycle : wait_cycles(edges_)) {
            json& ids = cycles.emplace_back(json::array());
            for (const std::size_t node : cycle) ids.push_back(tasks_[node]["id"]);
        }
        return {{"type", "await-graph"},         {"reason", request.reason}, {"loopTime", request.loop_time},
                {"realTime", request.real_time}, {"tasks", tasks_},          {"things", things_},
                {"cycles", std::move(cycles)},   {"omitted", omitted_}};
    }

private:
    static std::uint32_t id_of(const AnyTask& task) { return task.ref()->as_task()->id(); }

    void add(std::size_t at, const AwaitNode& node) {
        json stack = json::array();
        for (const Frame& frame : node.call_stack | std::views::take(most_frames))
            stack.push_back(place_of(frame));
        json waits_for = nullptr;
        if (node.waits_for) {
            waits_for = thing(*node.waits_for);
            const json& known = things_[waits_for.get<std::size_t>()];
            for (const char* who : {"holders", "tasks"})
                for (const std::uint32_t id : known[who])
                    if (const auto found = index_.find(id); found != index_.end())
                        edges_[at].push_back(found->second);
        }
        tasks_.push_back({{"id", id_of(node.task)},
                          {"name", node.name.substr(0, longest_name)},
                          {"state", to_string(node.state)},
                          {"stack", std::move(stack)},
                          {"waitsFor", std::move(waits_for)},
                          {"coroutine", place_of(node.task.get_coro())}});
    }

    std::size_t thing(const AwaitedThing& thing) {
        const auto [found, is_new] =
            thing_numbers_.emplace(std::pair(thing.identity, thing.kind), things_.size());
        if (!is_new) return found->second;
        json holders = json::array();
        for (const AnyTask& holder : thing.holders) holders.push_back(id_of(holder));
        TasksOf tasks(thing);
        std::erase_if(tasks.ids, [this](std::uint32_t id) { return !index_.contains(id); });
        things_.push_back({{"kind", name_of(thing.kind)},
                           {"text", thing.describe()},
                           {"holders", std::move(holders)},
                           {"tasks", std::move(tasks.ids)}});
        return found->second;
    }

    struct Hash {
        std::size_t operator()(const std::pair<const void*, AwaitedKind>& thing) const noexcept {
            return std::hash<const void*>()(thing.first) ^ static_cast<std::size_t>(thing.second);
        }
    };

    json tasks_ = json::array();
    json things_ = json::array();
    std::vector<std::vector<std::size_t>> edges_;
    std::unordered_map<std::uint32_t, std::size_t> index_;
    std::unordered_map<std::pair<const void*, AwaitedKind>, std::size_t, Hash> thing_numbers_;
    std::size_t omitted_ = 0;
};

} // namespace

std::string await_graph_json(EventLoop& loop, const AwaitGraphRequest& request) {
    // Names come from the program, and need not be UTF-8.
    return Graph(loop, most_tasks).describe(request).dump(-1, ' ', false, json::error_handler_t::replace);
}

} // namespace asyncio::detail
