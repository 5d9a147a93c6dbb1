#include <asyncio/detail/frame_pool.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <span>

namespace asyncio::detail {

/// The pools without a thread. Never destroyed, since threads and static objects end in any order.
class IdlePools {
public:
    FramePool& take() {
        lock();
        FramePool* pool = first_;
        if (pool != nullptr) first_ = pool->next_idle_;
        unlock();
        return pool != nullptr ? *pool : *new FramePool;
    }
    void put(FramePool& pool) noexcept {
        lock();
        pool.next_idle_ = std::exchange(first_, &pool);
        unlock();
    }

private:
    // A spinlock: the critical sections are a few instructions long.
    void lock() noexcept {
        while (busy_.test_and_set(std::memory_order_acquire)) {
        }
    }
    void unlock() noexcept { busy_.clear(std::memory_order_release); }

    std::atomic_flag busy_;
    FramePool* first_ = nullptr;
};

namespace {

// With the heap's own bookkeeping per block, the next chunk can start at the next alignment boundary.
constexpr std::size_t chunk_size = (std::size_t{64} * 1024) - 32;
constexpr std::byte poisoned{0xDD};

constinit IdlePools idle_pools;
constinit std::atomic<std::size_t> chunks_made = 0;

/// An empty pool that accepts no blocks, for threads without a pool.
constinit FramePool no_pool;
/// Whether this thread's thread_local objects are being destroyed.
constinit thread_local bool ending = false;

/// Releases the thread's pool when the thread ends.
struct Leave {
    ~Leave() {
        ending = true;
        idle_pools.put(*std::exchange(frame_pool, &no_pool));
    }
};

} // namespace

constinit thread_local FramePool* frame_pool = &no_pool;

void* FramePool::refill(std::size_t size_class) {
    if (this == &no_pool) {
        FramePool& pool = idle_pools.take();
        if (ending) {
            // Releases the pool immediately, since there is no later opportunity.
            void* block = pool.allocate(size_class * granule);
            idle_pools.put(pool);
            return block;
        }
        frame_pool = &pool;
        static thread_local const Leave leave;
        return pool.allocate(size_class * granule);
    }
    return take_returned(size_class) ? allocate(size_class * granule) : cut(size_class);
}

/// Takes the blocks that other threads have freed; returns whether one is of this class.
bool FramePool::take_returned(std::size_t size_class) noexcept {
    Block* block = returned_.exchange(nullptr, std::memory_order_acquire);
    while (block != nullptr) {
        Block* returned = std::exchange(block, block->next);
        push(returned, returned->size_class);
    }
    return free_[size_class] != nullptr;
}

void FramePool::give_back(void* memory, std::size_t size_class) noexcept {
    std::atomic<Block*>& returned = Chunk::of(memory)->owner->returned_;
    Block* block =
        new (memory) Block{.next = returned.load(std::memory_order_relaxed), .size_class = size_class};
    while (!returned.compare_exchange_weak(block->next, block, std::memory_order_release,
                                           std::memory_order_relaxed)) {
    }
}

void* FramePool::cut(std::size_t size_class) {
    const std::size_t size = size_class * granule;
    if (chunk_left_ < size) {
        // The rest of the old chunk becomes a block of its own size.
        if (chunk_left_ >= granule) push(chunk_, chunk_left_ / granule);
        void* memory = ::operator new(chunk_size, std::align_val_t{chunk_alignment});
        new (memory) Chunk{.owner = this};
        chunks_made.fetch_add(1, std::memory_order_relaxed);
        chunk_ = static_cast<std::byte*>(memory) + sizeof(Chunk);
        chunk_left_ = chunk_size - sizeof(Chunk);
    }
    void* block = chunk_;
    chunk_ += size; // NOLINT(*-pro-bounds-pointer-arithmetic): carves blocks out of a chunk
    chunk_left_ -= size;
    return block;
}

std::size_t FramePool::chunks() noexcept { return chunks_made.load(std::memory_order_relaxed); }

void FramePool::poison(void* memory, std::size_t size_class) noexcept {
    std::ranges::fill(std::span(static_cast<std::byte*>(memory), size_class * granule), poisoned);
}

void FramePool::require_poison(const void* memory, std::size_t size_class) noexcept {
    // Skips the block's own fields at its start.
    const auto bytes =
        std::span(static_cast<const std::byte*>(memory), size_class * granule).subspan(sizeof(Block));
    if (std::ranges::all_of(bytes, [](std::byte each) { return each == poisoned; })) return;
    std::fputs("asyncio: use after free: a coroutine frame was written to after the coroutine ended\n",
               stderr);
    std::abort();
}

} // namespace asyncio::detail
