// Cancellation: clean up, and pass it on
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> work() {
    std::println("work: starts");
    std::exception_ptr cancelled;
    try {
        co_await asyncio::sleep(1h);
    } catch (const asyncio::CancelledError& error) {
        std::println("work: cancelled, because {}", error.message());
        cancelled = std::current_exception(); // C++ has no co_await inside a catch: store it
    }
    co_await asyncio::sleep(50ms); // cleaning up may await
    std::println("work: cleaned up");
    if (cancelled) std::rethrow_exception(cancelled);
}

asyncio::Coro<> amain() {
    auto task = asyncio::create_task(work());
    co_await asyncio::sleep(100ms);
    task.cancel("it takes too long");
    try {
        co_await task;
    } catch (const asyncio::CancelledError&) {
        std::println("main: the task is cancelled: {}", task.cancelled());
    }
}

int main() {
    asyncio::run(amain());
}
