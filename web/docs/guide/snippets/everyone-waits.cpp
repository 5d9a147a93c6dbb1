// Everyone waits: a program that can never go on says so
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> wait_for_news(asyncio::Event& news) {
    co_await news.wait();
    std::println("never printed");
}

int main() {
    asyncio::Event news;
    try {
        asyncio::run(wait_for_news(news));
    } catch (const asyncio::DeadlockError& error) {
        std::println("deadlock");
        std::println(stderr, "{}", error.what());
    }
}
