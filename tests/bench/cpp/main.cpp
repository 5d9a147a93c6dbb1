// The runtime's benchmarks, the same program on every platform.
//
//   bench NAME SECONDS   measures one; prints a line of JSON
//   bench --smoke        performs each with few operations, and says so

#include "benchmark.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace bench {

void require(bool worked, const char* what) {
    if (!worked) throw std::logic_error(what);
}

namespace {

std::vector<Benchmark> all_benchmarks() {
    std::vector<Benchmark> all;
    for (const auto& some : {task_benchmarks(), primitive_benchmarks(), timer_benchmarks()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

/// Repeats with more operations until they take `seconds`: the runs before are the warm-up.
asyncio::Coro<Sample> enough_operations(const Benchmark& benchmark, double seconds) {
    for (std::size_t count = 16;; count *= 2) {
        const Sample sample = co_await benchmark.body(count);
        if (sample.seconds >= seconds) co_return sample;
    }
}

/// Repeats a fixed number of operations until they took `seconds`. The warm-up is small, since memory that
/// it leaves in the pools is missing from the count of bytes.
asyncio::Coro<Sample> enough_repetitions(const Benchmark& benchmark, double seconds) {
    co_await benchmark.body(std::min<std::size_t>(benchmark.fixed_count, 100));
    Sample total;
    do {
        const Sample sample = co_await benchmark.body(benchmark.fixed_count);
        total.count += sample.count;
        total.seconds += sample.seconds;
        total.bytes_each = total.bytes_each ? total.bytes_each : sample.bytes_each;
    } while (total.seconds < seconds);
    co_return total;
}

Sample measure(const Benchmark& benchmark, double seconds) {
    return asyncio::run(benchmark.fixed_count == 0 ? enough_operations(benchmark, seconds)
                                                   : enough_repetitions(benchmark, seconds));
}

void print(const Sample& sample) {
    std::printf("{\"count\": %zu, \"seconds\": %.9f", sample.count, sample.seconds);
    if (sample.bytes_each) std::printf(", \"bytes\": %.1f", *sample.bytes_each);
    std::printf("}\n");
}

int smoke() {
    constexpr std::size_t few = 300;
    for (const Benchmark& benchmark : all_benchmarks()) {
        const Sample sample = asyncio::run(benchmark.body(few));
        require(sample.count == few, benchmark.name);
        require(sample.seconds >= 0, benchmark.name);
        std::printf("%s: %zu operations\n", benchmark.name, sample.count);
    }
    return EXIT_SUCCESS;
}

int main(const std::vector<std::string_view>& arguments) {
    if (arguments.size() == 1 && arguments[0] == "--smoke") return smoke();
    if (arguments.size() == 2) {
        const auto all = all_benchmarks();
        const auto found = std::ranges::find(all, arguments[0], &Benchmark::name);
        const double seconds = std::atof(arguments[1].data());
        if (found != all.end() && seconds > 0) {
            print(measure(*found, seconds));
            return EXIT_SUCCESS;
        }
    }
    std::fprintf(stderr, "usage: bench NAME SECONDS   or   bench --smoke\nNAME is one of:");
    for (const Benchmark& benchmark : all_benchmarks()) std::fprintf(stderr, " %s", benchmark.name);
    std::fprintf(stderr, "\n");
    return 2;
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
    try {
        return bench::main({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::fprintf(stderr, "bench: %s\n", error.what());
        return EXIT_FAILURE;
    }
}
