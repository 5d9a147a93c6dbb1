// Stopped by the user: what Stop raises out of run()
#include <asyncio.hpp>
#include <csignal>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> amain() {
    asyncio::get_running_loop().call_later(
        20ms, [] { asyncio::interrupt_running_loop(); }); // as the Stop button does
    try {
        co_await asyncio::sleep(1h);
    } catch (const asyncio::CancelledError&) {
        std::println("cleaning up");
        throw;
    }
}

int main() {
    try {
        asyncio::run(amain());
    } catch (const asyncio::KeyboardInterrupt&) {
        std::println("stopped");
    }
}
