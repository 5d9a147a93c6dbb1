#include "support.hpp"

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;

TEST(Delay, is_made_of_any_duration_and_of_plain_seconds) {
    EXPECT_EQ(Delay(1500ms).seconds(), 1.5);
    EXPECT_EQ(Delay(2min).seconds(), 120);
    EXPECT_EQ(Delay(250us).seconds(), 0.00025);
    EXPECT_EQ(Delay(3).seconds(), 3);
    EXPECT_EQ(Delay(0.5F).seconds(), 0.5);
    EXPECT_EQ(Delay(-1s).seconds(), -1);
}

TEST(Delay, that_may_be_missing_takes_the_same) {
    EXPECT_EQ(MaybeDelay(2s)->seconds(), 2);
    EXPECT_EQ(MaybeDelay(2)->seconds(), 2);
    EXPECT_FALSE(MaybeDelay(std::nullopt));
}

} // namespace
} // namespace asyncio::test
