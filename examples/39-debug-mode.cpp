// Debug mode: the loop reports which step of which task held it up
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> polite() {
    co_await asyncio::sleep(80ms); // waits, and lets other tasks run
    std::println("polite is done");
}

asyncio::Coro<> greedy() {
    const auto until = std::chrono::steady_clock::now() + 80ms;
    while (std::chrono::steady_clock::now() < until) {} // computes, and lets no other task run
    std::println("greedy is done");
    co_return;
}

asyncio::Coro<> amain() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    loop.slow_callback_duration = 0.05;
    // Without a handler of our own the report goes to stderr.
    loop.set_exception_handler([](asyncio::EventLoop&, const asyncio::ExceptionContext& context) {
        std::println("a slow step: {}", context.message.contains("greedy"));
        std::println(stderr, "{}", context.message);
    });
    auto first = asyncio::create_task(polite(), "polite");
    auto second = asyncio::create_task(greedy(), "greedy");
    co_await asyncio::gather(first, second);
}

int main() {
    asyncio::run(amain(), {.debug = true});
}
