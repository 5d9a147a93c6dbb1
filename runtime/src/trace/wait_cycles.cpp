#include "wait_cycles.hpp"

#include <algorithm>
#include <cstdint>

namespace asyncio::detail {
namespace {

constexpr std::size_t most_cycles = 100;

enum class Visit : std::uint8_t { none, on_path, over };

struct PathStep {
    std::size_t node;
    std::size_t next_edge = 0;
};

} // namespace

std::vector<std::vector<std::size_t>> wait_cycles(const std::vector<std::vector<std::size_t>>& edges) {
    std::vector<std::vector<std::size_t>> cycles;
    std::vector<Visit> visits(edges.size(), Visit::none);
    std::vector<PathStep> path; // no recursion: a chain of waits may be as long as there are tasks
    const auto enter = [&](std::size_t node) {
        visits[node] = Visit::on_path;
        path.push_back({.node = node});
    };
    for (std::size_t start = 0; start < edges.size(); ++start) {
        if (visits[start] == Visit::none) enter(start);
        while (!path.empty() && cycles.size() < most_cycles) {
            PathStep& step = path.back();
            if (step.next_edge == edges[step.node].size()) {
                visits[step.node] = Visit::over;
                path.pop_back();
                continue;
            }
            const std::size_t next = edges[step.node][step.next_edge++];
            if (visits[next] == Visit::none) {
                enter(next);
            } else if (visits[next] == Visit::on_path) {
                std::vector<std::size_t>& cycle = cycles.emplace_back();
                for (auto at = std::ranges::find(path, next, &PathStep::node); at != path.end(); ++at)
                    cycle.push_back(at->node);
            }
        }
    }
    return cycles;
}

} // namespace asyncio::detail
