#pragma once

#include <asyncio/coro.hpp>

namespace asyncio::native {

/// Suspends until standard input can be read without blocking, possibly only to find its end. The running
/// loop's backend checks for this while it waits.
Coro<> input_readable();

/// Whether it can be read without blocking.
bool input_is_readable() noexcept;

/// Whether a task of this thread's loop awaits input_readable().
bool input_is_awaited() noexcept;
/// Wakes that task.
void input_came();

} // namespace asyncio::native
