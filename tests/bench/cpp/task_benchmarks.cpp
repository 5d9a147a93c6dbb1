#include "benchmark.hpp"

#include <utility>
#include <vector>

namespace bench {
namespace {

asyncio::Coro<Sample> turn(std::size_t count) {
    const double start = now();
    for (std::size_t i = 0; i < count; ++i) co_await asyncio::sleep(0);
    co_return Sample{count, now() - start};
}

// Not inlined: otherwise the compiler could elide the frame, and the benchmark would measure the compiler.
[[gnu::noinline]] asyncio::Coro<std::size_t> ready(std::size_t value) { co_return value; }

asyncio::Coro<Sample> await_ready_coroutine(std::size_t count) {
    std::size_t sum = 0;
    const double start = now();
    for (std::size_t i = 0; i < count; ++i) sum += co_await ready(1);
    const double seconds = now() - start;
    require(sum == count, "a coroutine gave another result");
    co_return Sample{count, seconds};
}

asyncio::Coro<Sample> spawn(std::size_t count) {
    std::size_t sum = 0;
    const double start = now();
    for (std::size_t i = 0; i < count; ++i) sum += co_await asyncio::create_task(ready(1));
    const double seconds = now() - start;
    require(sum == count, "a task gave another result");
    co_return Sample{count, seconds};
}

asyncio::Coro<Sample> gather_100(std::size_t count) {
    constexpr std::size_t width = 100;
    std::size_t sum = 0;
    const double start = now();
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<asyncio::Coro<std::size_t>> coroutines;
        coroutines.reserve(width);
        for (std::size_t k = 0; k < width; ++k) coroutines.push_back(ready(k));
        for (const std::size_t value : co_await asyncio::gather(std::move(coroutines))) sum += value;
    }
    const double seconds = now() - start;
    require(sum == count * (width * (width - 1) / 2), "gather() gave other results");
    co_return Sample{count, seconds};
}

constexpr Benchmark benchmarks[] = {
    {"turn", turn},
    {"await", await_ready_coroutine},
    {"spawn", spawn},
    {"gather", gather_100},
};

} // namespace

std::span<const Benchmark> task_benchmarks() { return benchmarks; }

} // namespace bench
