// An exit stack: as many resources as it takes, each closed in the end
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

// A context manager written as a generator: open, yield, close.
asyncio::AsyncGenerator<std::string> replica(std::string name) {
    std::println("open {}", name);
    std::exception_ptr error;
    try {
        co_yield name;
    } catch (...) {
        error = std::current_exception();
    }
    co_await asyncio::sleep(10ms);
    std::println("close {}", name);
    if (error) std::rethrow_exception(error);
}

asyncio::Coro<> use_all(asyncio::AsyncExitStack& stack) {
    std::vector<std::string> replicas;
    for (std::string name : {"north", "south", "east"})
        replicas.push_back(co_await stack.enter_async_context(asyncio::asynccontextmanager(replica(name))));
    stack.callback([] { std::println("before any is closed"); });
    std::println("{} are open", replicas.size());
    throw std::runtime_error("the cable is cut");
}

asyncio::Coro<> amain() {
    try {
        co_await asyncio::async_with(asyncio::AsyncExitStack(), use_all);
    } catch (const std::exception& error) {
        std::println("all closed, although {}", error.what());
    }
}

int main() { asyncio::run(amain()); }
