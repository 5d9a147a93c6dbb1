#pragma once

#include <asyncio/backend.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/handle.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

namespace asyncio::detail {

/// What other threads give to a loop. Outlives the loop, for the threads that still hold it: from
/// close() on it takes nothing.
class Inbox {
public:
    /// A callback of another thread, or the number of one that the loop expects.
    struct Entry {
        Ref<HandleBase> handle = {};
        std::uint64_t number = 0;
    };

    explicit Inbox(Backend& backend) noexcept : backend_(&backend) {}

    /// From any thread. False when the loop is closed: then nobody will see it.
    bool put(Entry entry);

    /// Whether there is anything to take; costs one load.
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
