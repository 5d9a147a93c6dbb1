#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <new>
#include <utility>

namespace asyncio::detail {

/// Recycles the memory of coroutine frames and tasks: a free list for each size class, filled from
/// chunks. Each thread allocates from a pool of its own, without a lock. What another thread frees goes back to
/// the pool that its chunk belongs to. The pool of a thread that has ended serves a later one. Memory goes back
/// to its pool, never to the system.
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

    /// `size` as it was asked for. `memory` can be of any thread's pool.
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

    /// How many chunks all pools have taken from the system.
    static std::size_t chunks() noexcept;

private:
    struct Block {
        Block* next;
        /// While it is on its way back from another thread.
        std::size_t size_class;
    };
    static_assert(sizeof(Block) <= granule);

    static constexpr std::uintptr_t chunk_alignment = std::uintptr_t{64} * 1024;

    /// What a chunk begins with. It is aligned, so that a block finds it.
    struct alignas(granule) Chunk {
        FramePool* owner;

        static Chunk* of(void* block) noexcept {
            return reinterpret_cast<Chunk*>(reinterpret_cast<std::uintptr_t>(block) & ~(chunk_alignment - 1));
        }
    };

    static constexpr std::size_t class_of(std::size_t size) { return (size + granule - 1) / granule; }

    /// Without threads there is one pool.
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

    /// Fills a free block with a pattern, and ends the program if the pattern has changed when the block is used
    /// again: something wrote to a frame that was no more.
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
    /// The next one without a thread.
    FramePool* next_idle_ = nullptr;
};

/// This thread's pool. Before its first frame and after its end it is one that has nothing and gets nothing.
extern constinit thread_local FramePool* frame_pool;

/// Base of what is allocated from the pool. With ASYNCIO_PLAIN_FRAMES, which the library and its users must agree on,
/// each frame is a block of the heap, so that AddressSanitizer sees its life.
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
    /// What is aligned to more than a block is no part of the pool. Clang asks so for every frame, where
    /// -fcoro-aligned-allocation makes it look at how its locals are aligned.
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
