#pragma once

#include <exception>
#include <string>

namespace asyncio::program {

/// The coroutines that the exception left, a line each with file, line and function, innermost last; empty if it left
/// none. Only of exceptions that left a coroutine of this thread lately.
std::string traceback_of(const std::exception_ptr& error);

/// The thrown object begins a new way: its memory may have been that of another one.
void forget_traceback(const void* thrown) noexcept;

} // namespace asyncio::program
