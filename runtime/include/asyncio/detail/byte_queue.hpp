#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace asyncio::detail {

/// Bytes that come at one end and go at the other, each moved a few times at most however much there is.
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
    /// Forgets the first `count`.
    void drop(std::size_t count) {
        taken_ += std::min(count, size());
        // At least as many go as stay.
        if (taken_ >= bytes_.size() - taken_) bytes_.erase(0, std::exchange(taken_, 0));
    }
    /// At most `count`.
    std::string take(std::size_t count) {
        if (taken_ == 0 && count >= bytes_.size()) return std::exchange(bytes_, {});
        std::string first(view().substr(0, count));
        drop(first.size());
        return first;
    }

private:
    std::string bytes_;
    std::size_t taken_ = 0; // of its beginning
};

} // namespace asyncio::detail
