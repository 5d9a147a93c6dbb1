#pragma once

namespace asyncio::native {

/// From now on `signal` is written down instead of ending the process, and a byte goes to `wake_fd`.
/// False: `unless_taken`, and the program handles it by other means. A second SIGINT that comes before
/// anybody took the first one ends the process.
bool catch_signal(int signal, int wake_fd, bool unless_taken);
/// As often as catch_signal() gave true; then the signal does what it did before.
void release_signal(int signal) noexcept;

/// Whether the signal came since the last time it was asked for.
bool take_signal(int signal) noexcept;
/// Whether any did; costs one load.
bool any_signal() noexcept;
void no_signal_seen() noexcept;

} // namespace asyncio::native
