#pragma once

#include <asyncio/detail/byte_queue.hpp>
#include <asyncio/detail/stream_link.hpp>

#include <cstddef>
#include <string_view>

namespace asyncio::detail {

/// What a transport has not sent yet. Makes drain() of its link wait while there is too much, with asyncio's
/// limits.
class SendBuffer {
public:
    bool empty() const noexcept { return bytes_.empty(); }
    std::string_view view() const noexcept { return bytes_.view(); }

    void append(std::string_view data, StreamLink& link) {
        bytes_.append(data);
        if (paused_ || bytes_.size() <= high_water) return;
        paused_ = true;
        link.pause_writing();
    }
    /// The first `count` bytes are sent.
    void drop(std::size_t count, StreamLink& link) {
        bytes_.drop(count);
        if (!paused_ || bytes_.size() > low_water) return;
        paused_ = false;
        link.resume_writing();
    }
    /// Nothing more will be sent.
    void clear() noexcept { bytes_.clear(); }

private:
    static constexpr std::size_t high_water = std::size_t{64} * 1024;
    static constexpr std::size_t low_water = high_water / 4;

    ByteQueue bytes_;
    bool paused_ = false;
};

} // namespace asyncio::detail
