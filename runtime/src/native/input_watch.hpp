#pragma once

#include <asyncio/coro.hpp>

namespace asyncio::native {

/// Suspends until standard input can be read without blocking, if only to find its end. The backend of the
/// running loop looks for that while it waits.
Coro<> input_readable();

/// Whether it can be read at once.
bool input_is_readable() noexcept;

/// Whether a task of this thread's loop awaits input_readable().
bool input_is_awaited() noexcept;
/// Wakes it.
void input_came();

} // namespace asyncio::native
