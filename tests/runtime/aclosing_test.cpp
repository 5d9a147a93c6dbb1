#include "support.hpp"

namespace asyncio::test {
namespace {

AsyncGenerator<int> count(Log& log) {
    try {
        for (int i = 0;; ++i) co_yield i;
    } catch (const GeneratorExit&) {
        log.push_back("closed");
        throw;
    }
}

CO_TEST(Aclosing, closes_the_generator_when_the_body_leaves_it_early) {
    Log log;
    const int last = co_await async_with(aclosing(count(log)), [](AsyncGenerator<int>& numbers) -> Coro<int> {
        while (auto number = co_await numbers.next())
            if (*number == 3) co_return *number;
        co_return -1;
    });
    EXPECT_EQ(last, 3);
    EXPECT_EQ(log, Log{"closed"});
}

CO_TEST(Aclosing, refers_to_a_generator_that_has_a_name_and_closes_it_on_an_error) {
    Log log;
    auto numbers = count(log);
    auto body = [](AsyncGenerator<int>& given) -> Coro<> {
        co_await given.next();
        throw ValueError("body");
    };
    CO_EXPECT_RAISES(co_await async_with(aclosing(numbers), body), ValueError);
    EXPECT_EQ(log, Log{"closed"});
    EXPECT_EQ(co_await numbers.next(), std::nullopt);
}

} // namespace
} // namespace asyncio::test
