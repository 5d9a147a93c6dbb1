#pragma once

#include <asyncio.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

namespace bench {

/// The result of one run of a benchmark's body.
struct Sample {
    /// The number of timed operations.
    std::size_t count = 0;
    double seconds = 0;
    /// Memory in use for each of them while all are alive, in benchmarks that measure memory.
    std::optional<double> bytes_each = {};
};

struct Benchmark {
    const char* name;
    /// Performs `count` operations; the Sample has their time.
    asyncio::Coro<Sample> (*body)(std::size_t count);
    /// A fixed number of operations; 0: as many as take the requested time.
    std::size_t fixed_count = 0;
};

std::span<const Benchmark> task_benchmarks();
std::span<const Benchmark> primitive_benchmarks();
std::span<const Benchmark> timer_benchmarks();

inline double now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Throws std::logic_error: the timed code did not do its work.
void require(bool worked, const char* what);

} // namespace bench
