/// The page's view of the program: traces, the await graph, pauses, the seed.

#include "watch.hpp"

#include "../trace/await_graph_json.hpp"
#include "../trace/tracer.hpp"
#include "host.hpp"

#include <asyncio/detail/task_base.hpp>
#include <asyncio/event_loop.hpp>

#include <emscripten.h>
#include <memory>
#include <string>

namespace asyncio::browser {
namespace {

constexpr double microseconds = 1e6;

class PageSink final : public detail::TraceSink {
public:
    double real_time() override { return asyncio_host_real_time() * microseconds; }
    void take(std::span<const detail::TraceRecord> records, std::string_view texts) override {
        asyncio_host_trace(records.data(), static_cast<int>(records.size_bytes()), texts.data(),
                           static_cast<int>(texts.size()));
    }
};

struct Tracing {
    PageSink sink;
    detail::Tracer tracer{sink};
};

/// Created on first use. It lives until the program ends, so that events during the program's end are
/// recorded too.
Tracing* tracing = nullptr;
bool paused = false;
std::optional<std::uint32_t> seed;

} // namespace

bool is_paused() noexcept { return paused; }

std::optional<std::uint32_t> program_seed() noexcept { return seed; }

void show_await_graph(EventLoop& loop, std::string_view reason) {
    const std::string graph =
        detail::await_graph_json(loop, {.reason = reason,
                                        .loop_time = loop.backend().peek_time() * microseconds,
                                        .real_time = asyncio_host_real_time() * microseconds});
    asyncio_host_await_graph(graph.c_str());
}

} // namespace asyncio::browser

// Called by the worker (web/program/worker/watcher.ts).
extern "C" {

EMSCRIPTEN_KEEPALIVE void asyncio_host_set_tracing(bool on) {
    using asyncio::browser::tracing;
    if (on && tracing == nullptr) tracing = new asyncio::browser::Tracing;
    if (tracing == nullptr) return;
    if (on)
        tracing->tracer.start(asyncio::detail::running_loop);
    else
        tracing->tracer.stop();
}

EMSCRIPTEN_KEEPALIVE void asyncio_host_flush_trace() {
    if (asyncio::browser::tracing != nullptr) asyncio::browser::tracing->tracer.flush();
}

/// Returns false if no loop is running.
EMSCRIPTEN_KEEPALIVE bool asyncio_host_ask_await_graph() {
    asyncio::EventLoop* const loop = asyncio::detail::running_loop;
    if (loop == nullptr) return false;
    asyncio::browser::show_await_graph(*loop, "asked");
    return true;
}

EMSCRIPTEN_KEEPALIVE void asyncio_host_set_paused(bool paused) { asyncio::browser::paused = paused; }

EMSCRIPTEN_KEEPALIVE void asyncio_host_set_seed(std::uint32_t seed) { asyncio::browser::seed = seed; }

/// Null outside of tasks. Valid until the next call.
EMSCRIPTEN_KEEPALIVE const char* asyncio_host_running_task_name() {
    static std::string name;
    const asyncio::detail::TaskBase* const task = asyncio::detail::running_task;
    if (task == nullptr) return nullptr;
    name = task->name();
    return name.c_str();
}

EMSCRIPTEN_KEEPALIVE std::uint32_t asyncio_host_tasks_made() { return asyncio::detail::tasks_made; }
}
