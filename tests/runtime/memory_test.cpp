#include "support.hpp"

#include <asyncio/detail/error_of.hpp>
#include <asyncio/detail/frame_pool.hpp>

#ifndef __EMSCRIPTEN__
#include <future>
#include <thread>
#endif

#if __has_feature(address_sanitizer)
#include <sanitizer/allocator_interface.h>
#else
#include <malloc.h>
#endif

/// A loop reuses its memory: it does not grow with the number of past tasks.

namespace asyncio::test {
namespace {

/// Bytes of the heap in use. The frame pools' chunks are among them.
std::size_t heap() {
#if __has_feature(address_sanitizer)
    return __sanitizer_get_current_allocated_bytes();
#elifdef __EMSCRIPTEN__
    return mallinfo().uordblks;
#else
    return mallinfo2().uordblks;
#endif
}

// Under AddressSanitizer a task takes about thirty times as long.
constexpr int rounds = 20;
#if __has_feature(address_sanitizer)
constexpr int tasks_a_round = 1'000;
#else
constexpr int tasks_a_round = 50'000;
#endif

/// The growth of the heap over `rounds` rounds, after the first ones have filled the caches.
template <class F> std::ptrdiff_t growth(F round) {
    round();
    round();
    const std::size_t before = heap();
    for (int each = 0; each < rounds; ++each) round();
    return static_cast<std::ptrdiff_t>(heap() - before);
}

/// Room for a few blocks of the C library itself, such as those of a stream.
constexpr std::ptrdiff_t slack = 4096;

Coro<int> one(int number) {
    co_await sleep(0);
    co_return number;
}

Coro<> many_tasks() {
    std::vector<Task<int>> tasks;
    for (int number = 0; number < tasks_a_round; ++number) tasks.push_back(create_task(one(number)));
    for (Task<int>& task : tasks) co_await task;
}

Coro<> many_groups() {
    for (int group = 0; group < tasks_a_round / 10; ++group) {
        co_await async_with(TaskGroup(), [](TaskGroup& tasks) -> Coro<> {
            for (int number = 0; number < 10; ++number) tasks.create_task(one(number));
            co_return;
        });
    }
}

Coro<> waits_for_ever(Event& event) { co_await event.wait(); }

Coro<> many_cancelled_waits() {
    Event event;
    std::vector<Task<>> tasks;
    for (int number = 0; number < tasks_a_round; ++number)
        tasks.push_back(create_task(waits_for_ever(event)));
    co_await sleep(0);
    for (Task<>& task : tasks) task.cancel();
    co_await wait(tasks);
}

Coro<> many_timeouts() {
    for (int number = 0; number < tasks_a_round / 10; ++number) {
        const auto slow = []() -> Coro<> { co_await sleep(std::chrono::hours(1)); };
        EXPECT_TRUE(co_await detail::error_of(wait_for(slow(), std::chrono::milliseconds(1))));
    }
}

Coro<> many_items() {
    Queue<std::string> queue(10);
    const auto produce = [&]() -> Coro<> {
        for (int number = 0; number < tasks_a_round; ++number) co_await queue.put(std::string(40, 'x'));
        queue.shutdown();
    };
    Task<> producer = create_task(produce);
    try {
        for (;;) co_await queue.get();
    } catch (const QueueShutDown&) {
    }
    co_await producer;
}

TEST(Memory, does_not_grow_with_tasks) {
    EXPECT_LE(growth([] { run_virtual(many_tasks()); }), slack);
}
TEST(Memory, does_not_grow_with_groups) {
    EXPECT_LE(growth([] { run_virtual(many_groups()); }), slack);
}
TEST(Memory, does_not_grow_with_cancelled_waits) {
    EXPECT_LE(growth([] { run_virtual(many_cancelled_waits()); }), slack);
}
TEST(Memory, does_not_grow_with_timeouts) {
    EXPECT_LE(growth([] { run_virtual(many_timeouts()); }), slack);
}
TEST(Memory, does_not_grow_with_the_items_of_a_queue) {
    EXPECT_LE(growth([] { run_virtual(many_items()); }), slack);
}

#ifndef __EMSCRIPTEN__

/// Coroutines that are made on one thread, and run and end on another.
void hand_over() {
    std::promise<EventLoop*> started;
    Event* stop = nullptr;
    std::thread other([&] {
        run([&]() -> Coro<> {
            Event stopped;
            stop = &stopped;
            started.set_value(&get_running_loop());
            co_await stopped.wait();
        }());
    });
    EventLoop& loop = *started.get_future().get();
    for (int number = 0; number < tasks_a_round / 10; ++number)
        EXPECT_EQ(run_coroutine_threadsafe(one(number), loop).result(), number);
    loop.call_soon_threadsafe([&] { stop->set(); });
    other.join();
}

TEST(Memory, does_not_grow_with_coroutines_that_end_on_another_thread) {
    EXPECT_LE(growth(hand_over), slack);
}

#endif

} // namespace
} // namespace asyncio::test
