#include "support.hpp"

namespace asyncio::test {
namespace {

AsyncGenerator<int> resource(Log& log) {
    co_await sleep(1);
    log.push_back("open");
    std::exception_ptr error;
    try {
        co_yield 5;
    } catch (const ValueError&) {
        log.push_back("swallowed");
        co_return;
    } catch (...) {
        error = std::current_exception();
    }
    co_await sleep(1);
    log.push_back("close");
    if (error) std::rethrow_exception(error);
}

CO_TEST(AsyncContextManager, gives_the_body_what_the_generator_yields) {
    Log log;
    const int result = co_await async_with(asynccontextmanager(resource(log)), [&](int value) -> Coro<int> {
        log.push_back("body");
        co_return value + 1;
    });
    EXPECT_EQ(result, 6);
    EXPECT_EQ(log, (Log{"open", "body", "close"}));
}

CO_TEST(AsyncContextManager, raises_the_bodys_error_at_the_yield) {
    Log log;
    auto body = [](int) -> Coro<> {
        throw RuntimeError("body");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(asynccontextmanager(resource(log)), body), RuntimeError);
    EXPECT_EQ(log, (Log{"open", "close"}));
}

CO_TEST(AsyncContextManager, suppresses_what_the_generator_catches) {
    Log log;
    co_await async_with(asynccontextmanager(resource(log)), [](int) -> Coro<> {
        throw ValueError("body");
        co_return;
    });
    EXPECT_EQ(log, (Log{"open", "swallowed"}));
}

CO_TEST(AsyncContextManager, that_suppresses_leaves_an_optional_empty_and_raises_for_other_results) {
    Log log;
    const std::optional<int> result =
        co_await async_with(asynccontextmanager(resource(log)), [](int value) -> Coro<std::optional<int>> {
            if (value > 0) throw ValueError("body");
            co_return value;
        });
    EXPECT_EQ(result, std::nullopt);
    const auto body = [](int value) -> Coro<int> {
        if (value > 0) throw ValueError("body");
        co_return value;
    };
    CO_EXPECT_RAISES(co_await async_with(asynccontextmanager(resource(log)), body), RuntimeError);
}

AsyncGenerator<int> yields(int times) {
    for (int i = 0; i < times; ++i) co_yield i;
}

CO_TEST(AsyncContextManager, refuses_a_generator_that_yields_never_or_twice) {
    auto body = [](int) -> Coro<> { co_return; };
    CO_EXPECT_RAISES(co_await async_with(asynccontextmanager(yields(0)), body), RuntimeError);
    CO_EXPECT_RAISES(co_await async_with(asynccontextmanager(yields(2)), body), RuntimeError);
    co_await async_with(asynccontextmanager(yields(1)), body);
}

AsyncGenerator<int> goes_on_after_an_error() {
    try {
        co_yield 1;
    } catch (const ValueError&) {
    }
    co_yield 2;
}

CO_TEST(AsyncContextManager, refuses_a_generator_that_yields_after_the_bodys_error) {
    auto body = [](int) -> Coro<> {
        throw ValueError("body");
        co_return;
    };
    CO_EXPECT_RAISES(co_await async_with(asynccontextmanager(goes_on_after_an_error()), body), RuntimeError);
}

} // namespace
} // namespace asyncio::test
