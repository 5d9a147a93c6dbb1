#include "support.hpp"

/// Values that require more alignment than `new` guarantees.

namespace asyncio::test {
namespace {

struct alignas(128) Wide {
    explicit Wide(int from) : number(from) {}
    int number;

    bool is_aligned() const { return reinterpret_cast<std::uintptr_t>(this) % alignof(Wide) == 0; }
};

Coro<Wide> wide(int number) {
    const Wide made(number);
    co_await sleep(0);
    EXPECT_TRUE(made.is_aligned());
    co_return made;
}

TEST(Aligned, a_coroutine_and_a_task_give_a_wide_result) {
    run([]() -> Coro<> {
        const Wide awaited = co_await wide(1);
        EXPECT_EQ(awaited.number, 1);
        const Task<Wide> task = create_task(wide(2));
        EXPECT_EQ((co_await task).number, 2);
        EXPECT_EQ(task.result().number, 2);
        const Future<Wide> future;
        future.set_result(3);
        EXPECT_EQ((co_await future).number, 3);
        EXPECT_EQ((co_await wait_for(wide(4), 1)).number, 4);
        const auto [first, second] = co_await gather(wide(5), wide(6));
        EXPECT_EQ(first.number + second.number, 11);
        EXPECT_EQ((co_await sleep(0, Wide(7))).number, 7);
    }());
}

TEST(Aligned, a_queue_holds_wide_items) {
    run([]() -> Coro<> {
        Queue<Wide> queue;
        co_await queue.put(Wide(1));
        EXPECT_EQ((co_await queue.get()).number, 1);
    }());
}

TEST(Aligned, a_callback_holds_what_is_wide) {
    run([]() -> Coro<> {
        const Wide held(1);
        int seen = 0;
        const Future<> called;
        get_running_loop().call_soon([&seen, called, held] {
            EXPECT_TRUE(held.is_aligned());
            seen = held.number;
            called.set_result();
        });
        co_await called;
        EXPECT_EQ(seen, 1);
    }());
}

TEST(Aligned, a_thread_gives_a_wide_result) {
    const auto more = [](const Wide& given) { return Wide(given.number + 1); };
    run([&]() -> Coro<> { EXPECT_EQ((co_await to_thread(more, Wide(1))).number, 2); }());
}

AsyncGenerator<Wide> numbers() {
    for (int number = 0; number < 3; ++number) co_yield Wide(number);
}

TEST(Aligned, a_generator_yields_what_is_wide) {
    run([]() -> Coro<> {
        int sum = 0;
        AsyncGenerator<Wide> generator = numbers();
        while (auto each = co_await generator.next()) {
            EXPECT_TRUE(each->is_aligned());
            sum += each->number;
        }
        EXPECT_EQ(sum, 3);
    }());
}

} // namespace
} // namespace asyncio::test
