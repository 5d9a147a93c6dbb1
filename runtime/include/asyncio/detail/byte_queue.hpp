#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace asyncio::detail {

/// A FIFO of bytes. The number of times that each byte is moved is bounded, whatever the size.
class ByteQueue {
public:
    bool empty() const noexcept { return size() == 0; }
    std::size_t size() const noexcept { return bytes_.size() - taken_; }
    std::string_view view() const noexcept { return std::string_view(bytes_).substr(taken_); }

    void append(std::string_view bytes) { bytes_ += bytes; }
    void clear() noexcept {
        bytes_.clear();
        taken_ = 0;
    }
    /// Discards the first `count` bytes.
    void drop(std::size_t count) {
        taken_ += std::min(count, size());
        // Erases only if at least as many bytes are removed as remain.
        if (taken_ >= bytes_.size() - taken_) bytes_.erase(0, std::exchange(taken_, 0));
    }
    /// Removes and returns at most `count` bytes.
    std::string take(std::size_t count) {
        if (taken_ == 0 && count >= bytes_.size()) return std::exchange(bytes_, {});
        std::string first(view().substr(0, count));
        drop(first.size());
        return first;
    }

private:
    std::string bytes_;
    std::size_t taken_ = 0; // consumed bytes at its beginning
};

} // namespace asyncio::detail
