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

/// A future or task, its call stack, and what waits for it.
struct FutureCallGraph {
    AnyFuture future;
    /// The program's coroutines in the task, without the library's, innermost first; empty for a future that
    /// is not a task.
    std::vector<FrameCallGraphEntry> call_stack;
    std::vector<FutureCallGraph> awaited_by;
};

struct CallGraphOptions {
    /// For the current task: the number of frames to skip, starting with the caller, plus one.
    int depth = 1;
    /// Maximum number of frames per stack: the outermost ones, or for a negative number the innermost ones.
    /// 0: none. Unset: all.
    std::optional<int> limit = {};
};

/// The call graph of the current task, starting with the caller; nullopt if no task is running, as in a
/// callback. Raises RuntimeError if no loop is running.
std::optional<FutureCallGraph>
capture_call_graph(CallGraphOptions options = {},
                   std::source_location caller = std::source_location::current());
/// The call graph of `future`.
FutureCallGraph capture_call_graph(const AnyFuture& future, CallGraphOptions options = {},
                                   std::source_location caller = std::source_location::current());

/// The same as text; empty if no task is running.
std::string format_call_graph(CallGraphOptions options = {},
                              std::source_location caller = std::source_location::current());
std::string format_call_graph(const AnyFuture& future, CallGraphOptions options = {},
                              std::source_location caller = std::source_location::current());

/// Writes the text and a newline.
void print_call_graph(CallGraphOptions options = {}, std::FILE* file = stdout,
                      std::source_location caller = std::source_location::current());
void print_call_graph(const AnyFuture& future, CallGraphOptions options = {}, std::FILE* file = stdout,
                      std::source_location caller = std::source_location::current());

/// Lists `waiter` among the waiters of `future` until the future is done or future_discard_from_awaited_by()
/// is called: for custom awaitables, which the library cannot inspect.
void future_add_to_awaited_by(const AnyFuture& future, const AnyFuture& waiter);
void future_discard_from_awaited_by(const AnyFuture& future, const AnyFuture& waiter);

} // namespace asyncio
