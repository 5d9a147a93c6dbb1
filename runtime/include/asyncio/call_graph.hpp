#pragma once

#include <asyncio/frame.hpp>
#include <asyncio/future.hpp>

#include <cstdio>
#include <optional>
#include <source_location>
#include <string>
#include <vector>

namespace asyncio {

/// One coroutine or function of a call stack.
struct FrameCallGraphEntry {
    Frame frame;
};

/// A future or task, where it is, and who waits for it.
struct FutureCallGraph {
    AnyFuture future;
    /// The program's own coroutines of the task, innermost first; empty for a future that is no task.
    std::vector<FrameCallGraphEntry> call_stack;
    std::vector<FutureCallGraph> awaited_by;
};

struct CallGraphOptions {
    /// Of the current task: how many frames to leave out from the caller on, plus one.
    int depth = 1;
    /// At most so many frames of each stack: the outermost, or with a negative number the innermost.
    /// 0: none. Unset: all.
    std::optional<int> limit = {};
};

/// The call graph of the current task, which begins with the caller; nullopt when no task runs, as in
/// a callback. Raises RuntimeError when no loop runs.
std::optional<FutureCallGraph>
capture_call_graph(CallGraphOptions options = {},
                   std::source_location caller = std::source_location::current());
/// The call graph of `future`.
FutureCallGraph capture_call_graph(const AnyFuture& future, CallGraphOptions options = {},
                                   std::source_location caller = std::source_location::current());

/// The same as text; empty when no task runs.
std::string format_call_graph(CallGraphOptions options = {},
                              std::source_location caller = std::source_location::current());
std::string format_call_graph(const AnyFuture& future, CallGraphOptions options = {},
                              std::source_location caller = std::source_location::current());

/// Writes the text and an end of line.
void print_call_graph(CallGraphOptions options = {}, std::FILE* file = stdout,
                      std::source_location caller = std::source_location::current());
void print_call_graph(const AnyFuture& future, CallGraphOptions options = {}, std::FILE* file = stdout,
                      std::source_location caller = std::source_location::current());

/// Shows `waiter` among those that wait for `future`, until it is done or until
/// future_discard_from_awaited_by(): for awaitables of your own, which the library cannot see into.
void future_add_to_awaited_by(const AnyFuture& future, const AnyFuture& waiter);
void future_discard_from_awaited_by(const AnyFuture& future, const AnyFuture& waiter);

} // namespace asyncio
