#include "support.hpp"

#include <asyncio/detail/frame_pool.hpp>

#ifndef __EMSCRIPTEN__
#include <thread>
#endif

namespace asyncio::test {
namespace {

using detail::frame_pool;
using detail::FramePool;

constexpr std::size_t frame_size = 500;
constexpr int more_than_a_chunk = 1000;

std::vector<void*> allocate_many() {
    std::vector<void*> blocks(more_than_a_chunk);
    for (void*& block : blocks) block = frame_pool->allocate(frame_size);
    return blocks;
}

void free_all(const std::vector<void*>& blocks) {
    for (void* block : blocks) frame_pool->deallocate(block, frame_size);
}

TEST(FramePool, uses_a_block_again_for_a_frame_of_its_size) {
    void* block = frame_pool->allocate(100);
    frame_pool->deallocate(block, 100);
    void* other = frame_pool->allocate(30);
    EXPECT_EQ(frame_pool->allocate(99), block);
    frame_pool->deallocate(block, 99);
    frame_pool->deallocate(other, 30);
}

TEST(FramePool, gives_frames_of_any_size_that_do_not_overlap) {
    std::vector<std::pair<void*, std::size_t>> blocks;
    for (std::size_t size = 1; size < 3000; size += 7) {
        blocks.emplace_back(frame_pool->allocate(size), size);
        std::fill_n(static_cast<char*>(blocks.back().first), size, static_cast<char>(size));
    }
    for (const auto& [block, size] : blocks) {
        const std::string_view text(static_cast<char*>(block), size);
        EXPECT_EQ(text.find_first_not_of(static_cast<char>(size)), std::string_view::npos) << size;
        frame_pool->deallocate(block, size);
    }
}

#ifndef __EMSCRIPTEN__

TEST(FramePool, gets_back_what_another_thread_frees) {
    std::thread(free_all, allocate_many()).join();
    const std::size_t before = FramePool::chunks();
    for (int round = 0; round < 20; ++round) std::thread(free_all, allocate_many()).join();
    EXPECT_EQ(FramePool::chunks(), before);
}

TEST(FramePool, of_a_thread_that_has_ended_serves_a_later_one) {
    const auto use = [] { free_all(allocate_many()); };
    std::thread(use).join();
    const std::size_t before = FramePool::chunks();
    for (int round = 0; round < 20; ++round) std::thread(use).join();
    EXPECT_EQ(FramePool::chunks(), before);
}

TEST(FramePool, of_a_thread_that_has_ended_gets_back_what_outlives_it) {
    const auto round = [] {
        std::vector<void*> blocks;
        std::thread([&blocks] { blocks = allocate_many(); }).join();
        free_all(blocks);
    };
    round();
    const std::size_t before = FramePool::chunks();
    for (int again = 0; again < 20; ++again) round();
    EXPECT_EQ(FramePool::chunks(), before);
}

/// Frames that are made and freed while the objects of a thread are destroyed.
struct AtTheEnd {
    ~AtTheEnd() { free_all(allocate_many()); }
};

TEST(FramePool, serves_the_destructors_of_a_thread) {
    const auto round = [] {
        static thread_local const AtTheEnd at_the_end;
        (void)&at_the_end;
        free_all(allocate_many());
    };
    std::thread(round).join();
    const std::size_t before = FramePool::chunks();
    for (int again = 0; again < 20; ++again) std::thread(round).join();
    EXPECT_EQ(FramePool::chunks(), before);
}

#endif

} // namespace
} // namespace asyncio::test
