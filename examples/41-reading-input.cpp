// Reading input: the rest of the program goes on while someone types
#include <asyncio.hpp>
#include <charconv>
#include <print>
#include <string>
using namespace std::chrono_literals;

// Runs beside the question: a read_line() that waits blocks no other task.
asyncio::Coro<> remind() {
    for (;;) {
        co_await asyncio::sleep(15s);
        std::print("(take your time) ");
        std::fflush(stdout);
    }
}

asyncio::Coro<> amain() {
    auto reminding = asyncio::create_task(remind());
    const std::string name = co_await asyncio::read_line("What is your name? ");
    reminding.cancel();
    std::println("Hello, {}! Type whole numbers; end with Ctrl+D or the End button.", name);

    // All lines until the input ends. std::cin and scanf read from the same input.
    int count = 0;
    long sum = 0;
    auto lines = asyncio::read_lines();
    while (auto line = co_await lines.next()) {
        int number = 0;
        const char* const end = line->data() + line->size();
        if (std::from_chars(line->data(), end, number).ptr != end || line->empty()) {
            std::println("\"{}\" is not a whole number", *line);
            continue;
        }
        ++count;
        sum += number;
        std::println("{} in all", sum);
    }
    std::println("{} numbers, their mean is {:.2f}", count, count > 0 ? double(sum) / count : 0.0);

    // What comes after the end is an error, as in Python.
    try {
        co_await asyncio::read_line();
    } catch (const asyncio::EOFError& error) {
        std::println("EOFError: {}", error.what());
    }
}

int main() {
    asyncio::run(amain());
}
