#include "check.hpp"
#include "handle_ops.hpp"
#include "replayer.hpp"

#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace asyncio::fuzz {
namespace {

constexpr std::size_t most_ops = 2000;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "the invariant does not hold: %s\n", what);
    std::abort();
}

std::vector<std::string> run_once(const nlohmann::json& scenario) {
    std::vector<std::string> lines;
    {
        conformance::Replay replay(
            scenario, {.most_ops = most_ops, .more_ops = {&own_awaiter_ops(), &moved_handle_ops()}});
        lines = replay.run();
    }
    resume_kept_handles();
    require(conformance::LiveFrame::alive == 0, "every coroutine's frame is freed");
    require(detail::running_loop == nullptr, "no loop is left running");
    return lines;
}

void require_time_goes_on(const std::vector<std::string>& lines) {
    long long now = 0;
    for (const std::string& line : lines) {
        if (line[0] < '0' || line[0] > '9') continue; // a closing line has no time
        const long long time = std::stoll(line);
        require(time >= now, "the virtual clock never goes back");
        now = time;
    }
}

void require_refusals(const std::vector<std::string>& lines) {
    for (const std::string& line : lines)
        require(!line.contains("NOT REFUSED"), "a handle that was moved away raises RuntimeError");
}

} // namespace

void check(const nlohmann::json& scenario) {
    const std::vector<std::string> lines = run_once(scenario);
    require_time_goes_on(lines);
    require_refusals(lines);
    require(run_once(scenario) == lines, "the same scenario gives the same trace");
}

} // namespace asyncio::fuzz
