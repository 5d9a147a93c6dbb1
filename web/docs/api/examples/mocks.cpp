// Mocks of coroutine functions: what they do, and what they assert
#include <asyncio.hpp>
#include <asyncio/testing.hpp>
#include <print>
#include <string>
#include <tuple>
#include <vector>
namespace testing = asyncio::testing;
using testing::call;

void check(auto assertion) {
    try {
        assertion();
        std::println("ok");
    } catch (const testing::AssertionError& error) {
        std::println("{}", error.what());
    }
}

asyncio::Coro<> test() {
    testing::AsyncMock<int(int, std::string)> mock("price");
    mock.return_value(5);
    std::println("{}", co_await mock(1, "tea"));

    // Each element of a sequence is for one await; DEFAULT leaves it to the return_value.
    std::vector<testing::Effect<int>> effects = {7, asyncio::ValueError("sold out"), testing::Default()};
    mock.side_effect(effects);
    for (int number = 2; number <= 5; ++number) {
        try {
            std::println("{}", co_await mock(number, "cake"));
        } catch (const asyncio::ValueError& error) {
            std::println("{}", error.what());
        } catch (const testing::StopAsyncIteration&) {
            std::println("no effect is left");
        }
    }
    mock.side_effect([](int number, const std::string&) -> asyncio::Coro<int> {
        co_await asyncio::sleep(3600);
        co_return number * 100;
    });
    std::println("{}", co_await mock(6, "pie"));
    mock.side_effect([](int, const std::string&) { return testing::DEFAULT; });
    mock.side_effect(asyncio::TimeoutError("too slow"));
    std::println("{}", asyncio::repr(co_await asyncio::outcome(mock(7, "jam"))));

    std::println("{} {} {}", mock.await_count(), mock.await_args(), std::get<1>(mock.await_args()->args));
    check([&] { mock.assert_awaited(); });
    check([&] { mock.assert_awaited_once(); });
    check([&] { mock.assert_awaited_with(7, testing::ANY); });
    check([&] { mock.assert_awaited_once_with(7, testing::Any()); });
    check([&] { mock.assert_any_await(8, "ham"); });
    check([&] { mock.assert_has_awaits({testing::call(1, "tea"), call(2, "cake")}); });
    check([&] { mock.assert_has_awaits({call(7, "jam"), call(8, "ham")}, testing::HasCallsOptions{.any_order = true}); });

    // A call is recorded at once, an await when the coroutine starts.
    mock.reset_mock(testing::ResetOptions{.return_value = true, .side_effect = true});
    mock(8, "ham").close();
    std::println("{} {} {} {}", mock.called(), mock.call_count(), mock.call_args(), mock.call_args_list());
    std::println("{} {}", mock.await_args(), mock.await_args_list().size());
    check([&] { mock.assert_not_awaited(); });
    check([&] { mock.assert_not_called(); });
    check([&] { mock.assert_called(); });
    check([&] { mock.assert_called_once(); });
    check([&] { mock.assert_called_with(8, "tea"); });
    check([&] { mock.assert_called_once_with(8, "ham"); });
    check([&] { mock.assert_any_call(8, testing::ANY); });
    check([&] { mock.assert_has_calls({call(8, "ham")}); });
    const testing::Call<int, std::string> first = mock.call_args_list().front();
    std::println("{} {}", first, first == call(8, testing::ANY));
}

asyncio::Coro<> leaves_a_task() {
    auto left = asyncio::create_task(asyncio::sleep(60), "left");
    co_await asyncio::sleep(0);
}

int main() {
    testing::run_test(test());
    try {
        testing::run_test(leaves_a_task());
    } catch (const testing::PendingTasksError& error) {
        std::println("pending: {}", error.tasks());
    }
}
