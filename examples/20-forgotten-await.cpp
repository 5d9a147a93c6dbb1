// Pitfalls: the forgotten co_await, the lost exception
#include <asyncio.hpp>
#include <print>
#include <stdexcept>

asyncio::Coro<> important() {
    std::println("never printed");
    co_return;
}

asyncio::Coro<> fails() {
    throw std::runtime_error("nobody looks at this");
    co_return;
}

asyncio::Coro<> amain() {
    // A coroutine that is not awaited does nothing; the compiler warns, and so does the runtime.
    (void)important();

    // A task whose error nobody retrieves is reported when the task is destroyed.
    asyncio::create_task(fails());
    co_await asyncio::sleep(0.05);
    std::println("main goes on");
}

int main() {
    asyncio::run(amain());
}
