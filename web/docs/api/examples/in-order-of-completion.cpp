// In the order of completion: which of the tasks it was
#include <asyncio.hpp>
#include <print>
#include <vector>
using namespace std::chrono_literals;

asyncio::Coro<std::string> runner(std::string name, std::chrono::milliseconds time) {
    co_return co_await asyncio::sleep(time, std::move(name));
}

asyncio::Coro<> amain() {
    std::vector<asyncio::Task<std::string>> race = {
        asyncio::create_task(runner("snail", 60ms), "lane 1"),
        asyncio::create_task(runner("fox", 10ms), "lane 2"),
    };
    asyncio::AsCompleted<asyncio::Task<std::string>> finish = asyncio::as_completed(race);
    while (auto first = co_await finish.next_done())
        std::println("{} from {}", first->result(), first->get_name());
}

int main() { asyncio::run(amain()); }
