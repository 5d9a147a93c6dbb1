// Who waits for whom: the await graph of a running program
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> cook(asyncio::Lock& stove) {
    auto held = co_await stove.scoped();
    co_await asyncio::sleep(200ms);
}

asyncio::Coro<> serve(asyncio::Queue<std::string>& dishes) {
    std::println("serving {}", co_await dishes.get());
}

asyncio::Coro<> watch() {
    for (const asyncio::AwaitNode& node : asyncio::capture_await_graph()) {
        std::print("{} is {}", node.name, asyncio::to_string(node.state));
        if (!node.call_stack.empty()) std::print(" in {}()", node.call_stack.front().function);
        if (node.waits_for) std::print(", waits for {}", asyncio::to_string(node.waits_for->kind));
        if (node.waits_for && !node.waits_for->holders.empty())
            std::print(" held by {}", node.waits_for->holders.front().get_name());
        std::println("");
    }
    co_return;
}

asyncio::Coro<> amain() {
    asyncio::Lock stove;
    asyncio::Queue<std::string> dishes;
    auto ann = asyncio::create_task(cook(stove), "Ann");
    auto bob = asyncio::create_task(cook(stove), "Bob");
    auto eve = asyncio::create_task(serve(dishes), "Eve");
    co_await asyncio::sleep(10ms);
    co_await watch();
    dishes.put_nowait("soup");
    co_await asyncio::gather(ann, bob, eve);
}

int main() { asyncio::run(amain()); }
