// Pitfall: a lost exception. A task fails, and nobody who waits for it is told
#include <asyncio.hpp>
#include <print>
#include <stdexcept>
using namespace std::chrono_literals;

asyncio::Coro<> save(int page) {
    co_await asyncio::sleep(20ms * page);
    if (page == 2) throw std::runtime_error("page 2 is not saved");
    std::println("page {} is saved", page);
}

// The mistake: the tasks are started and forgotten. stderr has a warning, but the program does not notice.
asyncio::Coro<> careless() {
    for (int page = 1; page <= 3; ++page) asyncio::create_task(save(page));
    co_await asyncio::sleep(150ms);
    std::println("careless: all saved?");
}

// The fix: a group waits for its tasks, and raises their errors.
asyncio::Coro<> careful() {
    try {
        co_await asyncio::async_with(asyncio::TaskGroup(), [](asyncio::TaskGroup& group) -> asyncio::Coro<> {
            for (int page = 1; page <= 3; ++page) group.create_task(save(page));
            co_return;
        });
        std::println("careful: all saved");
    } catch (const asyncio::ExceptionGroup& group) {
        std::println("careful: {} page is missing", group.exceptions().size());
    }
}

asyncio::Coro<> amain() {
    co_await careless();
    co_await careful();
}

int main() {
    asyncio::run(amain());
}
