#pragma once

#include <utility>

namespace asyncio::browser {

/// Counts an operation that JavaScript will complete, for the lifetime of this object. A loop with nothing
/// else to do waits for it instead of reporting a deadlock.
class PendingIo {
public:
    PendingIo() noexcept { ++count_; }
    PendingIo(PendingIo&& other) noexcept : counted_(std::exchange(other.counted_, false)) {}
    PendingIo& operator=(PendingIo&&) = delete;
    ~PendingIo() {
        if (counted_) --count_;
    }

    static bool any() noexcept { return count_ > 0; }

private:
    static inline int count_ = 0;
    bool counted_ = true;
};

} // namespace asyncio::browser
