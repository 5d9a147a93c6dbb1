// Closures as tasks: hand over the lambda itself, and the task keeps what it captured
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Task<> start_greeting(std::string name) {
    // `name` ends with this function; the copy in the lambda belongs to the task.
    return asyncio::create_task([name]() -> asyncio::Coro<> {
        co_await asyncio::sleep(20ms);
        std::println("hello, {}", name);
    });
}

asyncio::Coro<> amain() {
    auto greeting = start_greeting("Grace");
    std::println("the function is long gone");
    co_await greeting;
}

int main() {
    asyncio::run(amain());
}
