#pragma once

#include <asyncio.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::test {

/// Runs `main` on a virtual clock: sleeps take no time, and times are exact.
template <class T> T run_virtual(Coro<T> main, RunOptions options = {}) {
    options.loop_factory = [] { return std::make_unique<EventLoop>(std::make_unique<VirtualClock>()); };
    return run(std::move(main), std::move(options));
}

/// Counts what is alive of it, to prove that frames free their locals and arguments.
class Counted {
public:
    Counted() { ++alive; }
    Counted(const Counted&) { ++alive; }
    Counted(Counted&&) noexcept { ++alive; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) = default;
    ~Counted() { --alive; }
    static inline int alive = 0;
};

using Log = std::vector<std::string>;

} // namespace asyncio::test

/// A test whose body is a coroutine, run on a virtual clock.
#define CO_TEST(Suite, Name)                                                                             \
    static asyncio::Coro<> Suite##_##Name();                                                             \
    TEST(Suite, Name) {                                                                                  \
        asyncio::test::run_virtual(Suite##_##Name());                                                    \
        EXPECT_EQ(asyncio::test::Counted::alive, 0);                                                     \
    }                                                                                                    \
    static asyncio::Coro<> Suite##_##Name()

/// ASSERT_* returns, which a coroutine cannot: expects `statement` to raise `Type`.
#define CO_EXPECT_RAISES(statement, Type)                                                                \
    try {                                                                                                \
        (void)(statement);                                                                               \
        ADD_FAILURE() << #statement " raised nothing";                                                   \
    } catch (const Type&) {                                                                              \
    }
