#pragma once

#include <array>
#include <atomic>

namespace asyncio::native {

/// The wait of a loop's thread: a byte in a pipe wakes it, which a signal handler can write too.
class WakePipe {
public:
    WakePipe();
    WakePipe(const WakePipe&) = delete;
    WakePipe& operator=(const WakePipe&) = delete;
    ~WakePipe();

    /// Thread-safe: ends this wait(), or otherwise the next one.
    void wake() noexcept;
    /// Also until `input`, if it is a file descriptor, is readable; returns whether it is.
    bool wait(double seconds, int input = -1);
    int write_end() const noexcept { return ends_[1]; }

private:
    std::array<int, 2> ends_ = {};
    std::atomic<bool> woken_ = false;
};

} // namespace asyncio::native
