#include <asyncio/call_graph.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/frames.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/task.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace asyncio {
namespace {

using Stack = std::vector<FrameCallGraphEntry>;

Stack entries(std::vector<Frame> frames) {
    Stack stack;
    for (Frame& frame : frames) stack.push_back({std::move(frame)});
    return stack;
}

void cut(Stack& stack, std::optional<int> limit) {
    const auto size = std::ssize(stack);
    if (!limit || std::abs(*limit) >= size) return;
    if (*limit >= 0)
        stack.erase(stack.begin(), stack.end() - *limit);
    else
        stack.erase(stack.begin() - *limit, stack.end());
}

/// The stack of the running task: the caller on top, whether a function or the coroutine itself.
Stack running_stack(const std::source_location& caller, int depth) {
    std::vector<Frame> frames = detail::frames_from(detail::running_promise);
    const detail::PromiseBase* running = detail::running_promise;
    if (running != nullptr && !frames.empty() &&
        std::strcmp(running->where().function_name(), caller.function_name()) == 0)
        frames.front().line = static_cast<unsigned>(caller.line());
    else
        frames.insert(frames.begin(), detail::frame_at(caller, ""));
    frames.erase(frames.begin(),
                 frames.begin() + std::clamp<std::ptrdiff_t>(depth - 1, 0, std::ssize(frames)));
    return entries(std::move(frames));
}

/// `above`: the futures whose graphs contain this one, so that the recursion ends if tasks wait in a cycle.
FutureCallGraph graph_of(detail::FutureBase& future, Stack stack, std::optional<int> limit,
                         std::vector<const detail::FutureBase*>& above) {
    cut(stack, limit);
    FutureCallGraph graph{
        .future = AnyFuture(detail::Ref(&future)), .call_stack = std::move(stack), .awaited_by = {}};
    above.push_back(&future);
    for (const detail::Ref<detail::FutureBase>& awaiter : future.awaited_by()) {
        if (std::ranges::contains(above, awaiter.get())) continue;
        const detail::TaskBase* task = awaiter->as_task();
        Stack frames = task != nullptr ? entries(detail::frames_from(task->innermost())) : Stack();
        graph.awaited_by.push_back(graph_of(*awaiter, std::move(frames), limit, above));
    }
    above.pop_back();
    return graph;
}

FutureCallGraph graph_of(detail::FutureBase& future, CallGraphOptions options,
                         const std::source_location& caller) {
    const detail::TaskBase* task = future.as_task();
    const EventLoop* loop = detail::running_loop;
    Stack stack;
    if (task != nullptr)
        stack = loop != nullptr && loop->current_task() == task
                    ? running_stack(caller, options.depth)
                    : entries(detail::frames_from(task->innermost()));
    std::vector<const detail::FutureBase*> above;
    return graph_of(future, std::move(stack), options.limit, above);
}

/// "0x55d0c8": without std::format, which every page would have to load.
std::string id_of(const void* object) {
    constexpr int hexadecimal = 16;
    std::array<char, 2 * sizeof(std::uintptr_t)> text = {};
    // NOLINTBEGIN(*-pro-bounds-pointer-arithmetic, *-pro-type-reinterpret-cast): formats an address
    const auto written = std::to_chars(text.data(), text.data() + text.size(),
                                       reinterpret_cast<std::uintptr_t>(object), hexadecimal);
    // NOLINTEND(*-pro-bounds-pointer-arithmetic, *-pro-type-reinterpret-cast)
    return "0x" + std::string(text.data(), written.ptr);
}

void render(const FutureCallGraph& graph, std::size_t level, std::string& text) {
    const std::string indent(level * 4, ' ');
    const auto line = [&](const std::string& what) { text += (text.empty() ? "" : "\n") + indent + what; };
    detail::FutureBase& future = *graph.future.ref();
    const detail::TaskBase* task = future.as_task();
    line(task != nullptr ? "* Task(name='" + task->name() + "', id=" + id_of(&future) + ")"
                         : "* Future(id=" + id_of(&future) + ")");
    if (!graph.call_stack.empty()) line("  + Call stack:");
    for (const auto& [frame] : graph.call_stack)
        line("  |   File '" + frame.file + "', line " + std::to_string(frame.line) + ", in " + frame.kind +
             (frame.kind.empty() ? "" : " ") + frame.function + "()");
    if (!graph.awaited_by.empty()) line("  + Awaited by:");
    for (const FutureCallGraph& awaiter : graph.awaited_by) render(awaiter, level + 1, text);
}

} // namespace

std::optional<FutureCallGraph> capture_call_graph(CallGraphOptions options, std::source_location caller) {
    const std::optional<AnyTask> task = current_task(get_running_loop());
    if (!task) return std::nullopt;
    return graph_of(*task->ref(), options, caller);
}

FutureCallGraph capture_call_graph(const AnyFuture& future, CallGraphOptions options,
                                   std::source_location caller) {
    return graph_of(*future.ref(), options, caller);
}

std::string format_call_graph(CallGraphOptions options, std::source_location caller) {
    std::string text;
    if (const auto graph = capture_call_graph(options, caller)) render(*graph, 0, text);
    return text;
}

std::string format_call_graph(const AnyFuture& future, CallGraphOptions options,
                              std::source_location caller) {
    std::string text;
    render(capture_call_graph(future, options, caller), 0, text);
    return text;
}

void print_call_graph(CallGraphOptions options, std::FILE* file, std::source_location caller) {
    std::fputs((format_call_graph(options, caller) + "\n").c_str(), file);
}

void print_call_graph(const AnyFuture& future, CallGraphOptions options, std::FILE* file,
                      std::source_location caller) {
    std::fputs((format_call_graph(future, options, caller) + "\n").c_str(), file);
}

void future_add_to_awaited_by(const AnyFuture& future, const AnyFuture& waiter) {
    if (!future.done()) future.ref()->add_callback(*new detail::AwaitedByNote(waiter.ref()));
}

void future_discard_from_awaited_by(const AnyFuture& future, const AnyFuture& waiter) {
    future.ref()->discard_note(*waiter.ref());
}

} // namespace asyncio
