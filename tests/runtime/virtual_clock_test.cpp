#include "support.hpp"

namespace asyncio::test {
namespace {

TEST(VirtualClock, moves_only_by_waiting_and_by_exactly_as_much) {
    EventLoop loop(std::make_unique<VirtualClock>());
    EXPECT_EQ(loop.time(), 0);
    loop.backend().wait(loop, 2.5);
    EXPECT_EQ(loop.time(), 2.5);
    loop.backend().wait(loop, std::nullopt);
    loop.backend().wake();
    EXPECT_EQ(loop.time(), 2.5);
    EXPECT_FALSE(loop.backend().has_pending_io());
    EXPECT_TRUE(loop.backend().can_block());
}

CO_TEST(VirtualClock, years_pass_at_once) {
    co_await sleep(std::chrono::years(10));
    EXPECT_GE(get_running_loop().time(), 10 * 365 * 24 * 3600.0);
}

TEST(VirtualClock, a_backend_that_blocks_refuses_to_leave_the_stack) {
    VirtualClock clock;
    EXPECT_THROW(clock.run_detached(nullptr), RuntimeError);
}

} // namespace
} // namespace asyncio::test
