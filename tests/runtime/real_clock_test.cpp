#include "support.hpp"

#include <thread>

/// The platform's own clock, natively and in Node: only lower bounds, as a machine may always be slower.

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

TEST(RealClock, sleeps_no_shorter_than_asked) {
    const auto start = Clock::now();
    run([]() -> Coro<> {
        const double before = get_running_loop().time();
        co_await sleep(5ms);
        EXPECT_GE(get_running_loop().time() - before, 0.005);
    }());
    EXPECT_GE(Clock::now() - start, 5ms);
}

TEST(RealClock, sleeps_side_by_side) {
    int order = 0;
    run([](int& order) -> Coro<> {
        auto longer = [&]() -> Coro<> {
            co_await sleep(10ms);
            EXPECT_EQ(order++, 1);
        };
        auto shorter = [&]() -> Coro<> {
            co_await sleep(1ms);
            EXPECT_EQ(order++, 0);
        };
        co_await gather(longer(), shorter());
    }(order));
    EXPECT_EQ(order, 2);
}

#ifndef __EMSCRIPTEN__ // no threads
TEST(RealClock, a_wake_from_another_thread_ends_a_wait_early) {
    EventLoop loop;
    std::thread waker([&] { loop.backend().wake(); });
    loop.backend().wait(loop, 3600);
    waker.join();
}

TEST(RealClock, a_wait_without_an_end_ends_by_a_wake_from_another_thread) {
    EventLoop loop;
    std::thread waker([&] { loop.backend().wake(); });
    loop.backend().wait(loop, std::nullopt);
    waker.join();
}
#endif

TEST(RealClock, raises_DeadlockError_instead_of_waiting_for_ever) {
    EXPECT_THROW(run([]() -> Coro<> {
                     Event never;
                     co_await never.wait();
                 }()),
                 DeadlockError);
}

} // namespace
} // namespace asyncio::test
