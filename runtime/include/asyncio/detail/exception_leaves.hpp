#pragma once

#include <exception>
#include <source_location>

namespace asyncio::detail {

/// Called with each exception that leaves a coroutine and the place in it: of its last co_await, or of its start.
using ExceptionLeaves = void (*)(const std::exception_ptr& error, const std::source_location& place) noexcept;

/// Set by a host that shows tracebacks of uncaught exceptions; null elsewhere.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): set once, before main
extern constinit ExceptionLeaves exception_leaves;

} // namespace asyncio::detail
