#pragma once

#include <array>
#include <cstddef>
#include <new>
#include <utility>

namespace asyncio::detail {

/// Recycles the memory of coroutine frames and tasks: a free list for each size class, filled from
/// chunks. Memory goes back to the pool, never to the system. One pool a thread.
class FramePool {
public:
    static constexpr std::size_t granule = 16;
    static constexpr std::size_t largest = 1024;

    void* allocate(std::size_t size) {
        if (size > largest) return ::operator new(size);
        Block*& head = free_[class_of(size)];
        if (head == nullptr) return refill(class_of(size));
        return std::exchange(head, head->next);
    }

    void deallocate(void* memory, std::size_t size) noexcept {
        if (size > largest) {
            ::operator delete(memory, size);
            return;
        }
        Block*& head = free_[class_of(size)];
        head = new (memory) Block{head};
    }

private:
    struct Block {
        Block* next;
    };

    static constexpr std::size_t class_of(std::size_t size) { return (size + granule - 1) / granule; }

    void* refill(std::size_t size_class);

    std::array<Block*, (largest / granule) + 1> free_ = {};
    std::byte* chunk_ = nullptr;
    std::size_t chunk_left_ = 0;
};

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define ASYNCIO_PLAIN_FRAMES // so that the sanitizer sees each frame's life
#endif
#endif

#ifndef ASYNCIO_PLAIN_FRAMES
extern constinit thread_local FramePool frame_pool;
#endif

/// Base of what is allocated from the pool.
struct Pooled {
    static void* operator new(std::size_t size) {
#ifdef ASYNCIO_PLAIN_FRAMES
        return ::operator new(size);
#else
        return frame_pool.allocate(size);
#endif
    }
    static void operator delete(void* memory, std::size_t size) noexcept {
#ifdef ASYNCIO_PLAIN_FRAMES
        ::operator delete(memory, size);
#else
        frame_pool.deallocate(memory, size);
#endif
    }
};

} // namespace asyncio::detail
