// A live pipeline: producers, consumers, and a monitor that watches the queue between them
#include <algorithm>
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;

struct Pipeline {
    asyncio::Queue<int> readings{4}; // full, it holds the producers back
    int done = 0;
    long sum = 0;
    std::size_t deepest = 0;
};

asyncio::Coro<> sensor(Pipeline& pipeline, int first, int count) {
    for (int reading = first; reading < first + count; ++reading) {
        co_await asyncio::sleep(2ms);
        co_await pipeline.readings.put(reading);
    }
}

asyncio::Coro<> analyst(Pipeline& pipeline) {
    try {
        for (;;) {
            const int reading = co_await pipeline.readings.get();
            co_await asyncio::sleep(10ms); // slower than the sensors
            pipeline.sum += reading;
            ++pipeline.done;
        }
    } catch (const asyncio::QueueShutDown&) {
    }
}

asyncio::Coro<> monitor(Pipeline& pipeline, int total) {
    for (int mark = total / 4; mark <= total;) {
        co_await asyncio::sleep(5ms);
        pipeline.deepest = std::max(pipeline.deepest, pipeline.readings.qsize());
        for (; mark <= pipeline.done; mark += total / 4) std::println("monitor: {} % analysed", 100 * mark / total);
    }
}

asyncio::Coro<> amain() {
    Pipeline pipeline;
    co_await asyncio::async_with(asyncio::TaskGroup(), [&](asyncio::TaskGroup& group) -> asyncio::Coro<> {
        for (int i = 0; i < 2; ++i) group.create_task(analyst(pipeline));
        group.create_task(monitor(pipeline, 40));
        co_await asyncio::gather(sensor(pipeline, 1, 20), sensor(pipeline, 21, 20));
        pipeline.readings.shutdown(); // the remaining readings are still analysed
    });
    std::println("{} readings, sum {}, at most {} waiting", pipeline.done, pipeline.sum, pipeline.deepest);
}

int main() {
    asyncio::run(amain());
}
