// A task factory: every task of a loop is made by it
#include <asyncio.hpp>
#include <print>

asyncio::Coro<std::string> greet(std::string name) { co_return "hello " + name; }

asyncio::Coro<> amain() {
    int made = 0;
    asyncio::TaskFactory counting = [&](asyncio::EventLoop&, asyncio::AnyCoro coro,
                                        asyncio::TaskOptions options) {
        std::println("task {} is made of {}()", ++made, coro.frame().function);
        return std::move(coro).start(std::move(options));
    };
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    loop.set_task_factory(counting);
    auto ann = asyncio::create_task(greet("Ann"));
    std::println("done at once: {}", ann.done());

    loop.set_task_factory(asyncio::create_eager_task_factory(counting));
    auto bob = asyncio::create_task(greet("Bob"));
    std::println("done at once: {}", bob.done());
    std::println("{}, {}", co_await ann, co_await bob);
}

int main() { asyncio::run(amain()); }
