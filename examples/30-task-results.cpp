// A task in hand: its name, its state, its result or its error
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<int> divide(int a, int b) {
    co_await asyncio::sleep(10ms);
    if (b == 0) throw std::domain_error("division by zero");
    co_return a / b;
}

void tell(const asyncio::Task<int>& task) {
    if (!task.done()) return std::println("{} is not done", task.get_name());
    if (task.cancelled()) return std::println("{} was cancelled", task.get_name());
    if (task.exception()) return std::println("{} failed", task.get_name());
    std::println("{} gave {}", task.get_name(), task.result());
}

asyncio::Coro<> amain() {
    const std::vector tasks{asyncio::create_task(divide(6, 3), "good"),
                            asyncio::create_task(divide(6, 0), "bad"),
                            asyncio::create_task(divide(6, 2), "unwanted")};
    std::println("{} of {} tasks are ours", tasks.size(), asyncio::all_tasks().size());
    for (const auto& task : tasks) tell(task);

    tasks[2].cancel();
    co_await asyncio::wait(tasks); // does not raise their errors
    for (const auto& task : tasks) tell(task);

    // result() raises what the task raised.
    try {
        tasks[1].result();
    } catch (const std::domain_error& error) {
        std::println("{}: {}", tasks[1].get_name(), error.what());
    }
}

int main() {
    asyncio::run(amain());
}
