#include <asyncio/await_graph.hpp>
#include <asyncio/testing/error.hpp>
#include <asyncio/testing/run_test.hpp>
#include <asyncio/virtual_clock.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::testing::detail {

void require_no_pending_tasks() {
    std::vector<std::string> names;
    std::string lines;
    for (const AwaitNode& node : capture_await_graph()) {
        if (node.task == current_task()) continue;
        names.push_back(node.name);
        lines += "\n  " + node.task.ref()->describe_source();
        if (node.waits_for) lines += " waits for " + node.waits_for->describe();
    }
    if (names.empty()) return;
    std::string message = names.size() == 1 ? "1 task is" : std::to_string(names.size()) + " tasks are";
    message += " still pending at the end of the test: await or cancel " +
               std::string(names.size() == 1 ? "it" : "them") + lines;
    throw PendingTasksError(std::move(message), std::move(names));
}

void use_virtual_clock(RunOptions& options) {
    if (!options.loop_factory)
        options.loop_factory = [] { return std::make_unique<EventLoop>(std::make_unique<VirtualClock>()); };
}

} // namespace asyncio::testing::detail
