#pragma once

#include <atomic>

namespace asyncio::native {

/// A loop's interest in a signal. Each loop that has one hears of the signal.
struct SignalWatch {
    /// Zero: the place is free.
    std::atomic<int> signal = 0;
    std::atomic<int> wake_fd = -1;
    std::atomic<bool> came = false;

    /// Whether the signal came since the last time it was asked for.
    bool take() noexcept { return came.load(std::memory_order_relaxed) && came.exchange(false); }
};

/// From now on `signal` is written down instead of ending the process, and a byte goes to `wake_fd`.
/// Null: `unless_taken`, and the program handles it by other means. A second SIGINT that comes before
/// anybody took the first one ends the process.
SignalWatch* watch_signal(int signal, int wake_fd, bool unless_taken);
/// After the last watch the signal does what it did before.
void release(SignalWatch& watch) noexcept;

} // namespace asyncio::native
