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

/// The await graph as JSON, as web/protocol/trace.ts describes it; of a program of very many tasks the
/// first ones.
std::string await_graph_json(EventLoop& loop, const AwaitGraphRequest& request);

} // namespace asyncio::detail
