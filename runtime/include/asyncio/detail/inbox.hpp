#pragma once

#include <asyncio/backend.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/handle.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace asyncio::detail {

/// Callbacks from other threads to a loop. Outlives the loop, for threads that still hold it: after close()
/// it accepts nothing.
class Inbox {
public:
    /// A callback from another thread, or the number of one that the loop expects.
    struct Entry {
        Ref<HandleBase> handle = {};
        std::uint64_t number = 0;
    };

    explicit Inbox(Backend& backend) noexcept : backend_(&backend) {}

    /// Thread-safe. Returns false if the loop is closed, in which case the entry is discarded.
    bool put(Entry entry);

    /// Whether there are entries; costs one atomic load.
    bool filled() const noexcept { return filled_.load(std::memory_order_acquire); }
    std::vector<Entry> take();
    void close() noexcept;
    /// Whether the loop is closed.
    bool closed() noexcept;

private:
    std::mutex mutex_;
    std::vector<Entry> entries_;
    Backend* backend_;
    std::atomic<bool> filled_ = false;
};

} // namespace asyncio::detail
