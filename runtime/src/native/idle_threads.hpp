#pragma once

#include <atomic>

namespace asyncio::native {

/// The number of idle executor threads: none of them will wake a loop.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): process-wide
inline constinit std::atomic<int> idle_threads = 0;

/// Whether any other thread of the process may be active. True if the platform does not provide this.
bool other_threads_run() noexcept;

} // namespace asyncio::native
