// Tasks of any type: their state, where they are, and a name given afterwards
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<int> count_to(int end) {
    asyncio::AnyTask self = asyncio::current_task();
    self.set_name(std::format("counting to {}", end));
    for (int number = 0; number < end; ++number) co_await asyncio::sleep(10ms);
    co_return end;
}

void tell(const asyncio::AnyTask& task) {
    const asyncio::TaskState state = task.state();
    std::print("{} is {}", task.get_name(), asyncio::to_string(state));
    for (const asyncio::Frame& frame : task.get_stack()) std::print(", in {}()", frame.function);
    std::println("");
}

asyncio::Coro<> amain() {
    auto three = asyncio::create_task(count_to(3), asyncio::TaskOptions{.name = "new", .eager_start = true});
    auto five = asyncio::create_task(count_to(5));
    tell(three);
    co_await three;
    tell(three);
    five.cancel();
    co_await asyncio::wait(five);
    tell(five);
}

int main() { asyncio::run(amain()); }
