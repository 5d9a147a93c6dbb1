#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace asyncio::detail {

/// Recycles the memory of coroutine frames and tasks: a free list per size class, filled from chunks. Each
/// thread allocates from its own pool, without a lock. A block freed by another thread returns to the pool
/// that owns its chunk. The pool of a thread that has ended is reused by a later thread. Memory returns to
/// its pool, never to the system.
class FramePool {
public:
    static constexpr std::size_t granule = 16;
    static constexpr std::size_t largest = 1024;

    void* allocate(std::size_t size) {
        if (size > largest) return ::operator new(size);
        Block*& head = free_[class_of(size)];
        if (head == nullptr) return refill(class_of(size));
        return taken(std::exchange(head, head->next), class_of(size));
    }

    /// `size` is the size passed to allocate(). `memory` may belong to any thread's pool.
    void deallocate(void* memory, std::size_t size) noexcept {
        if (size > largest) {
            ::operator delete(memory, size);
            return;
        }
        if (is_own(memory)) [[likely]]
            push(memory, class_of(size));
        else
            give_back(memory, class_of(size));
    }

    /// The number of chunks that all pools have allocated from the system.
    static std::size_t chunks() noexcept;

private:
    struct Block {
        Block* next;
        /// Used while the block is being returned by another thread.
        std::size_t size_class;
    };
    static_assert(sizeof(Block) <= granule);

    static constexpr std::uintptr_t chunk_alignment = std::uintptr_t{64} * 1024;

    /// The header of a chunk. Chunks are aligned, so a block's address gives its header.
    struct alignas(granule) Chunk {
        FramePool* owner;

        static Chunk* of(void* block) noexcept {
            return reinterpret_cast<Chunk*>(reinterpret_cast<std::uintptr_t>(block) & ~(chunk_alignment - 1));
        }
    };

    static constexpr std::size_t class_of(std::size_t size) { return (size + granule - 1) / granule; }

    /// Without threads there is only one pool.
    bool is_own([[maybe_unused]] void* memory) const noexcept {
#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
        return true;
#else
        return Chunk::of(memory)->owner == this;
#endif
    }

    void push(void* memory, std::size_t size_class) noexcept {
#ifdef ASYNCIO_CHECK_FRAMES
        poison(memory, size_class);
#endif
        Block* block = new (memory) Block;
        block->next = std::exchange(free_[size_class], block);
    }
    void* taken(void* memory, [[maybe_unused]] std::size_t size_class) noexcept {
#ifdef ASYNCIO_CHECK_FRAMES
        require_poison(memory, size_class);
#endif
        return memory;
    }

    /// Fills a free block with a pattern, and ends the program if the pattern has changed when the block is
    /// reused, that is, if something wrote to a destroyed frame.
    static void poison(void* memory, std::size_t size_class) noexcept;
    static void require_poison(const void* memory, std::size_t size_class) noexcept;

    static void give_back(void* memory, std::size_t size_class) noexcept;
    void* refill(std::size_t size_class);
    bool take_returned(std::size_t size_class) noexcept;
    void* cut(std::size_t size_class);

    friend class IdlePools;

    std::array<Block*, (largest / granule) + 1> free_ = {};
    std::byte* chunk_ = nullptr;
    std::size_t chunk_left_ = 0;
    /// Freed by other threads.
    std::atomic<Block*> returned_ = nullptr;
    /// The next pool that has no thread.
    FramePool* next_idle_ = nullptr;
};

/// This thread's pool. Before the thread's first frame and after its end it is an empty pool that accepts no
/// blocks.
extern constinit thread_local FramePool* frame_pool;

/// Base of the types allocated from the pool. With ASYNCIO_PLAIN_FRAMES, which must be the same in the
/// library and its users, each frame is a separate heap block, so that AddressSanitizer can track it.
struct Pooled {
    static void* operator new(std::size_t size) {
#ifdef ASYNCIO_PLAIN_FRAMES
        return ::operator new(size);
#else
        return frame_pool->allocate(size);
#endif
    }
    static void operator delete(void* memory, std::size_t size) noexcept {
#ifdef ASYNCIO_PLAIN_FRAMES
        ::operator delete(memory, size);
#else
        frame_pool->deallocate(memory, size);
#endif
    }
    /// Over-aligned blocks are not taken from the pool. Clang calls this overload for every frame if
    /// -fcoro-aligned-allocation makes it consider the alignment of locals.
    static void* operator new(std::size_t size, std::align_val_t alignment) {
        return is_common(alignment) ? operator new(size) : ::operator new(size, alignment);
    }
    static void operator delete(void* memory, std::size_t size, std::align_val_t alignment) noexcept {
        if (is_common(alignment))
            operator delete(memory, size);
        else
            ::operator delete(memory, size, alignment);
    }

private:
    static constexpr bool is_common(std::align_val_t alignment) {
        return static_cast<std::size_t>(alignment) <= FramePool::granule;
    }
};

} // namespace asyncio::detail
