// Until one fails: when wait() comes back, and with what
#include <asyncio.hpp>
#include <print>
#include <vector>
using namespace std::chrono_literals;

asyncio::Coro<> part(std::chrono::milliseconds time, bool works) {
    co_await asyncio::sleep(time);
    if (!works) throw asyncio::RuntimeError("out of order");
}

asyncio::Coro<> wait_until(asyncio::ReturnWhen when, std::string name) {
    std::vector<asyncio::Task<>> parts = {
        asyncio::create_task(part(0ms, true)),
        asyncio::create_task(part(150ms, false)),
        asyncio::create_task(part(300ms, true)),
    };
    const asyncio::WaitOptions options{.timeout = 5s, .return_when = when};
    asyncio::WaitResult<asyncio::Task<>> result = co_await asyncio::wait(parts, options);
    std::println("{}: {} done, {} pending", name, result.done.size(), result.pending.size());
    co_await asyncio::gather(asyncio::return_exceptions, std::move(parts));
}

asyncio::Coro<> amain() {
    co_await wait_until(asyncio::FIRST_COMPLETED, "first completed");
    co_await wait_until(asyncio::FIRST_EXCEPTION, "first exception");
    co_await wait_until(asyncio::ALL_COMPLETED, "all completed");
}

int main() { asyncio::run(amain()); }
