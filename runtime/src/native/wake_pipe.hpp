#pragma once

#include <array>
#include <atomic>

namespace asyncio::native {

/// What a loop's thread sleeps on: a byte in a pipe wakes it, which a signal's handler can write too.
class WakePipe {
public:
    WakePipe();
    WakePipe(const WakePipe&) = delete;
    WakePipe& operator=(const WakePipe&) = delete;
    ~WakePipe();

    /// From any thread: ends this wait(), or else the next one.
    void wake() noexcept;
    /// Also until `input` can be read, when that is a file descriptor: gives whether it can.
    bool wait(double seconds, int input = -1);
    int write_end() const noexcept { return ends_[1]; }

private:
    std::array<int, 2> ends_ = {};
    std::atomic<bool> woken_ = false;
};

} // namespace asyncio::native
