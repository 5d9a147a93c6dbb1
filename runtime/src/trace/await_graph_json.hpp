#pragma once

#include <string>
#include <string_view>

namespace asyncio {
class EventLoop;
}

namespace asyncio::detail {

/// Times in microseconds, as in trace records.
struct AwaitGraphRequest {
    std::string_view reason;
    double loop_time = 0;
    double real_time = 0;
};

/// The await graph as JSON, in the format of web/protocol/trace.ts; for a program with very many tasks, only
/// the first ones.
std::string await_graph_json(EventLoop& loop, const AwaitGraphRequest& request);

} // namespace asyncio::detail
