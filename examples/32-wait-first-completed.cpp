// wait: take what is done, and go on waiting for the rest
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<> download(std::chrono::milliseconds takes) {
    co_await asyncio::sleep(takes);
    if (takes == 60ms) throw std::runtime_error("disk full");
}

asyncio::Coro<> amain() {
    std::vector<asyncio::Task<>> pending{asyncio::create_task(download(90ms), "c"), asyncio::create_task(download(30ms), "a"),
                                         asyncio::create_task(download(60ms), "b")};
    while (!pending.empty()) {
        auto [done, rest] = co_await asyncio::wait(pending, {.return_when = asyncio::FIRST_COMPLETED});
        for (const auto& task : done)
            std::println("{} {}, {} to go", task.get_name(), task.exception() ? "failed" : "is here", rest.size());
        pending = std::move(rest);
    }

    // A timeout cancels nothing: it tells which tasks are late.
    auto quick = asyncio::create_task(download(10ms), "quick");
    auto slow = asyncio::create_task(download(100ms), "slow");
    auto [done, late] = co_await asyncio::wait({.timeout = 50ms}, quick, slow);
    std::println("in time: {}, late: {}", done[0].get_name(), late[0].get_name());
    co_await slow;
    std::println("slow is here after all");
}

int main() {
    asyncio::run(amain());
}
