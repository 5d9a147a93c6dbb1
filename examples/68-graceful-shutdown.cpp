// Graceful shutdown: Stop accepts no new work, finishes the work in progress, and gives up after a while
#include <asyncio.hpp>
#include <csignal>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> handle(int request, std::chrono::milliseconds takes) {
    try {
        co_await asyncio::sleep(takes);
        std::println("request {}: answered", request);
    } catch (const asyncio::CancelledError&) {
        std::println("request {}: given up", request);
        throw;
    }
}

asyncio::Coro<> amain() {
    asyncio::Event stopping;
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    loop.add_signal_handler(SIGINT, [&] {
        std::println("stopping: no new requests");
        stopping.set();
    });

    std::vector<asyncio::Task<>> requests;
    for (int number = 1; !stopping.is_set(); ++number) {
        requests.push_back(asyncio::create_task(handle(number, number == 2 ? 1h : 200ms)));
        if (number == 3) loop.call_later(10ms, asyncio::interrupt_running_loop); // as Stop or Ctrl+C would
        auto stop = asyncio::create_task(stopping.wait());
        co_await asyncio::wait({.timeout = 40ms}, stop); // until the next one or the end
        stop.cancel();
    }

    auto [done, late] = co_await asyncio::wait(requests, {.timeout = 300ms});
    for (auto& task : late) task.cancel();
    co_await asyncio::gather(asyncio::return_exceptions, late);
    std::println("{} finished, {} given up", done.size(), late.size());
}

int main() {
    asyncio::run(amain());
}
