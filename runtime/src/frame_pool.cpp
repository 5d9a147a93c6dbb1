#include <asyncio/detail/frame_pool.hpp>

namespace asyncio::detail {
namespace {
constexpr std::size_t chunk_size = std::size_t{64} * 1024;
}

#ifndef ASYNCIO_PLAIN_FRAMES
constinit thread_local FramePool frame_pool;
#endif

void* FramePool::refill(std::size_t size_class) {
    const std::size_t size = size_class * granule;
    if (chunk_left_ < size) {
        // What is left of the old chunk becomes a block of its own size.
        if (chunk_left_ >= granule) deallocate(chunk_, chunk_left_);
        chunk_ = static_cast<std::byte*>(::operator new(chunk_size));
        chunk_left_ = chunk_size;
    }
    void* block = chunk_;
    chunk_ += size; // NOLINT(*-pro-bounds-pointer-arithmetic): this is where memory is cut up
    chunk_left_ -= size;
    return block;
}

} // namespace asyncio::detail
