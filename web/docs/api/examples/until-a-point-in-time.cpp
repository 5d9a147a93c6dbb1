// Until a point in time: one deadline for several steps
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> amain() {
    const double deadline = asyncio::get_running_loop().time() + 0.3;
    asyncio::Timeout limit = asyncio::timeout_at(deadline);
    try {
        co_await asyncio::async_with(limit, [&]() -> asyncio::Coro<> {
            co_await asyncio::sleep(10ms);
            std::println("step 1, the deadline is {}", asyncio::to_string(limit.state()));
            co_await asyncio::sleep(1h);
            std::println("step 2");
        });
    } catch (const asyncio::TimeoutError&) {
        const asyncio::TimeoutState state = limit.state();
        std::println("no step 2: the deadline is {}", asyncio::to_string(state));
    }
}

int main() { asyncio::run(amain()); }
