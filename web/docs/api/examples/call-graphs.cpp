// Call graphs: who called whom, across tasks
#include <asyncio.hpp>
#include <print>

void tell(const asyncio::FutureCallGraph& graph, int depth) {
    for (const asyncio::FrameCallGraphEntry& entry : graph.call_stack)
        std::println("{:>{}}{}()", "", 2 * depth, entry.frame.function);
    for (const asyncio::FutureCallGraph& waiter : graph.awaited_by) tell(waiter, depth + 1);
}

asyncio::Coro<> innermost() {
    if (auto graph = asyncio::capture_call_graph()) tell(*graph, 0);
    const std::string text = asyncio::format_call_graph(asyncio::CallGraphOptions{.limit = -1});
    std::println("in words it has this place: {}", text.contains("in async innermost()"));
    co_return;
}

asyncio::Coro<> middle() { co_await innermost(); }

asyncio::Coro<> amain() {
    auto task = asyncio::create_task(middle(), "worker");
    co_await task;

    // An awaitable of your own can say who waits for it.
    asyncio::Future<> parcel;
    const asyncio::AnyTask self = asyncio::current_task();
    asyncio::future_add_to_awaited_by(parcel, self);
    std::println("waiting for the parcel: {}", asyncio::capture_call_graph(parcel).awaited_by.size());
    asyncio::future_discard_from_awaited_by(parcel, self);
    std::println("and now: {}", asyncio::capture_call_graph(parcel).awaited_by.size());
    asyncio::print_call_graph(parcel, {.limit = 0}, stderr);
}

int main() { asyncio::run(amain()); }
