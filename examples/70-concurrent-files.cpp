// Concurrent files: thirty written and read at once, and still there in the next run
#include <asyncio.hpp>
#include <fstream>
#include <print>
namespace files = asyncio::files;

asyncio::Coro<int> write_report(int day) {
    std::string path = std::format("reports/day-{:02}.txt", day);
    co_await asyncio::async_with(files::open(path, "w"), [&](files::File& file) -> asyncio::Coro<> {
        for (int hour = 0; hour < 24; ++hour) {
            co_await file.write(std::format("{:02}:00 {}\n", hour, (day * 7 + hour * 3) % 50));
        }
    });
    co_return static_cast<int>(co_await files::getsize(path));
}

asyncio::Coro<int> count_visitors(std::string path) {
    int visitors = 0;
    files::File file = co_await files::open(path);
    while (auto line = co_await file.next()) visitors += std::stoi(line->substr(6));
    co_return visitors;
}

asyncio::Coro<> amain() {
    co_await files::makedirs("reports", {.exist_ok = true});

    std::vector<asyncio::Coro<int>> writes;
    for (int day = 1; day <= 30; ++day) writes.push_back(write_report(day));
    int bytes = 0;
    for (int size : co_await asyncio::gather(std::move(writes))) bytes += size;
    std::println("wrote {} bytes", bytes);

    std::vector<asyncio::Coro<int>> reads;
    for (const std::string& path : co_await files::glob("reports/day-*.txt")) reads.push_back(count_visitors(path));
    int visitors = 0;
    for (int count : co_await asyncio::gather(std::move(reads))) visitors += count;
    std::println("{} visitors in 30 days", visitors);

    // Plain C++ sees the same files.
    std::ifstream first("reports/day-01.txt");
    std::string line;
    std::getline(first, line);
    std::println("the first line: {}", line);

    try {
        co_await files::open("reports/day-31.txt");
    } catch (const asyncio::FileNotFoundError& error) {
        std::println("{}: {}", error.strerror(), error.filename());
    }
}

int main() {
    asyncio::run(amain());
}
