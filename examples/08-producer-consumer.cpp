// Back-pressure: a bounded queue slows the producer down
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> produce(asyncio::Queue<int>& queue) {
    for (int item = 1; item <= 5; ++item) {
        co_await queue.put(item);
        std::println("put {}, {} waiting", item, queue.qsize());
    }
    queue.shutdown();
}

asyncio::Coro<> consume(asyncio::Queue<int>& queue) {
    try {
        for (;;) {
            const int item = co_await queue.get();
            co_await asyncio::sleep(20ms);
            std::println("  got {}", item);
        }
    } catch (const asyncio::QueueShutDown&) {
        std::println("the queue is shut down and empty");
    }
}

asyncio::Coro<> amain() {
    asyncio::Queue<int> queue(2);
    co_await asyncio::gather(produce(queue), consume(queue));
}

int main() {
    asyncio::run(amain());
}
