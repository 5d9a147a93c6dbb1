#pragma once

#include <atomic>

namespace asyncio::native {

/// The threads of executors that have nothing to do: none of them will wake a loop.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): the process's own
inline constinit std::atomic<int> idle_threads = 0;

/// Whether any other thread of the process may do something. Where the platform does not tell: yes.
bool other_threads_run() noexcept;

} // namespace asyncio::native
