#pragma once

#include <array>
#include <atomic>

namespace asyncio::native {

/// Ends the wait of a loop's thread by a byte in a pipe, which a signal handler can write too.
class WakePipe {
public:
    WakePipe();
    WakePipe(const WakePipe&) = delete;
    WakePipe& operator=(const WakePipe&) = delete;
    ~WakePipe();

    /// Thread-safe: makes read_end() readable.
    void wake() noexcept;
    /// Makes it unreadable until the next wake().
    void empty() noexcept;
    int read_end() const noexcept { return ends_[0]; }
    int write_end() const noexcept { return ends_[1]; }

private:
    std::array<int, 2> ends_ = {};
    std::atomic<bool> woken_ = false;
};

} // namespace asyncio::native
