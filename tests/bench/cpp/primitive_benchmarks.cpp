#include "benchmark.hpp"

#include <utility>
#include <vector>

namespace bench {
namespace {

template <class Primitive>
asyncio::Coro<> contend(Primitive& primitive, std::size_t& left, std::size_t& done) {
    while (left > 0) {
        --left;
        co_await primitive.acquire();
        co_await asyncio::sleep(0);
        primitive.release();
        ++done;
    }
}

/// A hundred tasks compete for it, each holding it for a turn of the loop.
template <class Primitive, auto... Slots> asyncio::Coro<Sample> contention(std::size_t count) {
    Primitive primitive(Slots...);
    std::size_t left = count;
    std::size_t done = 0;
    const double start = now();
    std::vector<asyncio::Coro<>> workers;
    for (int i = 0; i < 100; ++i) workers.push_back(contend(primitive, left, done));
    co_await asyncio::gather(std::move(workers));
    const double seconds = now() - start;
    require(done == count, "the semaphore admitted a wrong number of tasks");
    co_return Sample{count, seconds};
}

asyncio::Coro<> echo(asyncio::Queue<std::size_t>& in, asyncio::Queue<std::size_t>& out, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) co_await out.put(co_await in.get());
}

/// An item to another task and back, over two queues of size one.
asyncio::Coro<Sample> ping_pong(std::size_t count) {
    asyncio::Queue<std::size_t> there(1);
    asyncio::Queue<std::size_t> back(1);
    asyncio::Task<> partner = asyncio::create_task(echo(there, back, count));
    std::size_t sum = 0;
    const double start = now();
    for (std::size_t i = 0; i < count; ++i) {
        co_await there.put(1);
        sum += co_await back.get();
    }
    const double seconds = now() - start;
    co_await partner;
    require(sum == count, "the queue lost an item");
    co_return Sample{count, seconds};
}

constexpr Benchmark benchmarks[] = {
    {"lock", contention<asyncio::Lock>},
    {"semaphore", contention<asyncio::Semaphore, 10>},
    {"queue", ping_pong},
};

} // namespace

std::span<const Benchmark> primitive_benchmarks() { return benchmarks; }

} // namespace bench
