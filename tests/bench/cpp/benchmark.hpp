#pragma once

#include <asyncio.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

namespace bench {

/// What one run of a benchmark's body took.
struct Sample {
    /// How many operations were timed.
    std::size_t count = 0;
    double seconds = 0;
    /// Memory in use for each of them while they were all alive, where that is what is measured.
    std::optional<double> bytes_each = {};
};

struct Benchmark {
    const char* name;
    /// Performs `count` operations; a Sample says what they took.
    asyncio::Coro<Sample> (*body)(std::size_t count);
    /// Always so many operations; 0: as many as take the time asked for.
    std::size_t fixed_count = 0;
};

std::span<const Benchmark> task_benchmarks();
std::span<const Benchmark> primitive_benchmarks();
std::span<const Benchmark> timer_benchmarks();

inline double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Throws std::logic_error: what was timed did not do its work.
void require(bool worked, const char* what);

} // namespace bench
