#pragma once

#include <atomic>

namespace asyncio::native {

/// A loop's subscription to a signal. All subscribed loops receive the signal.
struct SignalWatch {
    /// Zero: the entry is free.
    std::atomic<int> signal = 0;
    std::atomic<int> wake_fd = -1;
    std::atomic<bool> came = false;

    /// Whether the signal has arrived since the last call.
    bool take() noexcept { return came.load(std::memory_order_relaxed) && came.exchange(false); }
};

/// From now on `signal` is recorded instead of ending the process, and a byte is written to `wake_fd`.
/// Returns null if `unless_taken` is set and the program handles the signal by other means. A second SIGINT
/// before the first was taken ends the process.
SignalWatch* watch_signal(int signal, int wake_fd, bool unless_taken);
/// Restores the signal's previous action after the last watch.
void release(SignalWatch& watch) noexcept;

} // namespace asyncio::native
