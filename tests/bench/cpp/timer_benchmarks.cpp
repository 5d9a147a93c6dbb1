#include "benchmark.hpp"
#include "memory.hpp"

#include <vector>

namespace bench {
namespace {

struct Sleepers {
    double delay;
    std::size_t left;
    asyncio::Future<> all_awake;
};

asyncio::Coro<> sleeper(Sleepers& sleepers) {
    co_await asyncio::sleep(sleepers.delay);
    if (--sleepers.left == 0) sleepers.all_awake.set_result();
}

/// Makes `count` tasks that all sleep at once and waits for them to finish. The idle time, when all are
/// asleep and none is due, is not counted. The Sample has no seconds if the first one
/// was due before the last one slept.
asyncio::Coro<Sample> sleep_together(std::size_t count, double delay) {
    Sleepers sleepers{delay, count, asyncio::Future<>()};
    const std::size_t before = allocated_bytes();
    const double start = now();
    for (std::size_t i = 0; i < count; ++i) {
        [[maybe_unused]] const auto task = asyncio::create_task(sleeper(sleepers));
    }
    co_await asyncio::sleep(0);
    const double asleep = now();
    const std::size_t bytes = allocated_bytes() - before;
    const bool together = asleep < start + delay;
    while (now() < asleep + delay) {
    }
    const double due = now();
    co_await sleepers.all_awake;
    const double end = now();
    const double seconds = (asleep - start) + (end - due);
    co_return Sample{count, together ? seconds : 0, static_cast<double>(bytes) / static_cast<double>(count)};
}

asyncio::Coro<Sample> sleepers(std::size_t count) {
    double delay = 0.01 + 1e-6 * static_cast<double>(count);
    const Sample first = co_await sleep_together(count, delay);
    Sample sample = first;
    while (sample.seconds == 0) sample = co_await sleep_together(count, delay *= 2);
    // Later tasks find memory in the pools that the first had to allocate.
    sample.bytes_each = first.bytes_each;
    co_return sample;
}

/// Only the cancels and the turn of the loop after them are timed.
asyncio::Coro<Sample> cancel_timers(std::size_t count) {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    std::vector<asyncio::TimerHandle> handles;
    handles.reserve(count);
    bool called = false;
    for (std::size_t i = 0; i < count; ++i) {
        // Due in random order, hours from now.
        const auto delay = static_cast<double>(3600 + i * 7919 % count);
        handles.push_back(loop.call_later(delay, [&called] { called = true; }));
    }
    const double start = now();
    for (const asyncio::TimerHandle& handle : handles) handle.cancel();
    co_await asyncio::sleep(0);
    const double seconds = now() - start;
    require(!called, "a timer of the next hour was called");
    co_return Sample{count, seconds};
}

constexpr Benchmark benchmarks[] = {
    {"sleepers-10k", sleepers, 10'000},
    {"sleepers-100k", sleepers, 100'000},
    {"sleepers-1m", sleepers, 1'000'000},
    {"cancel-timers", cancel_timers, 100'000},
};

} // namespace

std::span<const Benchmark> timer_benchmarks() { return benchmarks; }

} // namespace bench
