// A mock in the place of a client, and a clock that takes no time
#include <asyncio.hpp>
#include <asyncio/testing.hpp>
#include <functional>
#include <print>
#include <string>
namespace testing = asyncio::testing;

using Fetch = std::function<asyncio::Coro<std::string>(std::string)>;

asyncio::Coro<std::string> fetch_with_retry(Fetch fetch, std::string url) {
    for (int delay = 1;; delay *= 2) {
        try {
            co_return co_await fetch(url);
        } catch (const asyncio::ConnectionError&) {
            if (delay > 4) throw;
        }
        co_await asyncio::sleep(delay);
    }
}

asyncio::Coro<> test() {
    testing::AsyncMock<std::string(std::string)> fetch("fetch");
    fetch.side_effect({asyncio::ConnectionError("down"), asyncio::ConnectionError("down"), "hello"});
    std::println("{}", co_await fetch_with_retry(fetch, "/"));
    fetch.assert_awaited_with("/");
    std::println("after {} awaits and {} s", fetch.await_count(), asyncio::get_running_loop().time());
    fetch.assert_awaited_once();
}

int main() {
    try {
        testing::run_test(test());
    } catch (const testing::AssertionError& error) {
        std::println("{}", error.what());
    }
}
