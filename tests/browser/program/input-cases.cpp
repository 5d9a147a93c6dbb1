// Programs that read standard input while they run, and programs that are told to stop.

#include <asyncio.hpp>

#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <print>
#include <string>
#include <thread>
#include <unistd.h>

using namespace asyncio;
using namespace std::chrono_literals;

namespace {

// Blocking

void cin_numbers() {
    std::printf("a? ");
    int a = 0;
    std::cin >> a;
    std::cout << "b? ";
    int b = 0;
    std::cin >> b;
    std::cout << a + b << '\n';
}

void cin_lines() {
    std::string line;
    while (std::getline(std::cin, line)) std::cout << "[" << line << "]" << std::endl;
    std::cout << "end\n";
}

void scanf_words() {
    std::printf("two words: ");
    std::array<char, 64> first = {};
    std::array<char, 64> second = {};
    std::printf("%d ", std::scanf("%63s %63s", first.data(), second.data()));
    std::printf("%s %s\n", second.data(), first.data());
}

void c_functions() {
    std::array<char, 64> line = {};
    std::printf("fgets: %s", std::fgets(line.data(), line.size(), stdin));
    std::printf("getchar: %c\n", std::getchar());
    std::printf("rest: %s", std::fgets(line.data(), line.size(), stdin));
    const ssize_t size = read(STDIN_FILENO, line.data(), line.size());
    std::printf("read: %.*s", static_cast<int>(size), line.data());
    std::FILE* const terminal = std::fopen("/dev/stdin", "r");
    std::printf("/dev/stdin: %s", std::fgets(line.data(), line.size(), terminal));
    std::fclose(terminal);
}

Coro<> cin_in_a_coroutine() {
    int ticks = 0;
    auto ticking = create_task([&] -> Coro<> {
        for (;; ++ticks) co_await sleep(1ms);
    });
    co_await sleep(20ms);
    const int before = ticks;
    std::print("line? ");
    std::string line;
    std::getline(std::cin, line);
    std::println("{}, {}", line, ticks == before ? "the loop was held up" : "the loop went on");
    co_await sleep(20ms);
    std::println("{}", ticks > before ? "it goes on" : "it is dead");
    ticking.cancel();
}

Coro<> cin_until_stopped() {
    std::println("reading");
    std::string line;
    while (std::getline(std::cin, line)) std::println("[{}]", line);
    std::println("the read has ended");
    try {
        co_await sleep(1h);
    } catch (const CancelledError&) {
        std::println("cancelled");
        throw;
    }
}

// Without blocking

Coro<> asks() {
    const std::string name = co_await read_line("name? ");
    std::println("Hello, {}!", name);
    try {
        co_await read_line("more? ");
    } catch (const EOFError& error) {
        std::println("{}", error.what());
    }
}

Coro<> ticks_while_it_reads() {
    int ticks = 0;
    auto ticking = create_task([&] -> Coro<> {
        for (;; co_await sleep(1ms))
            if (++ticks == 10) std::println("ten ticks");
    });
    std::println("[{}]", co_await read_line());
    ticking.cancel();
}

Coro<> all_lines() {
    auto lines = read_lines();
    while (auto line = co_await lines.next()) std::println("[{}]", *line);
    std::println("end");
}

Coro<> length() {
    std::println("reading");
    std::println("{}", (co_await read_line()).size());
}

Coro<> in_turns() {
    int number = 0;
    std::cin >> number;
    std::println("{}", number);
    std::println("[{}]", co_await read_line());
    std::println("[{}]", co_await read_line());
    std::cin >> number;
    std::println("{}", number);
    std::println("[{}]", co_await read_line());
}

Coro<> gives_up() {
    try {
        co_await wait_for(read_line(), 20ms);
    } catch (const TimeoutError&) {
        std::println("gave up");
    }
    std::println("[{}]", co_await read_line());
}

// Stop

Coro<> shuts_down() {
    Event stop;
    get_running_loop().add_signal_handler(SIGINT, [&] { stop.set(); });
    std::println("working");
    co_await stop.wait();
    co_await sleep(10ms);
    std::println("shut down");
}

Coro<> goes_on() {
    int stops = 0;
    get_running_loop().add_signal_handler(SIGINT, [&] { std::println("not now {}", ++stops); });
    std::println("working");
    for (;;) co_await sleep(10ms);
}

Coro<> fails_to_clean_up() {
    std::println("working");
    try {
        co_await sleep(1h);
    } catch (const CancelledError&) {
        std::exit(5);
    }
}

volatile std::sig_atomic_t signals = 0;

void handles_it_in_c() {
    std::signal(SIGINT, [](int) { signals = signals + 1; });
    std::puts("working");
    while (signals == 0) std::this_thread::sleep_for(1ms);
    std::puts("told to stop");
}

void ignores_it_in_c() {
    std::signal(SIGINT, SIG_IGN);
    std::puts("working");
    for (int i = 0;; ++i) {
        std::printf("%d\n", i);
        std::this_thread::sleep_for(10ms);
    }
}

void exits_in_its_handler() {
    std::signal(SIGINT, [](int) {
        std::puts("bye");
        std::exit(3);
    });
    std::puts("working");
    for (;;) std::this_thread::sleep_for(1ms);
}

Coro<> handles_it_in_c_in_a_loop() {
    std::signal(SIGINT, [](int) { signals = signals + 1; });
    std::println("working");
    while (signals == 0) co_await sleep(1ms);
    std::println("told to stop");
}

const std::map<std::string, std::function<void()>> cases{
    {"C functions", c_functions},
    {"all lines", [] { run(all_lines()); }},
    {"asks", [] { run(asks()); }},
    {"cin in a coroutine", [] { run(cin_in_a_coroutine()); }},
    {"cin lines", cin_lines},
    {"cin numbers", cin_numbers},
    {"cin until stopped", [] { run(cin_until_stopped()); }},
    {"exits in its handler", exits_in_its_handler},
    {"fails to clean up", [] { run(fails_to_clean_up()); }},
    {"gives up", [] { run(gives_up()); }},
    {"goes on", [] { run(goes_on()); }},
    {"handles it in C", handles_it_in_c},
    {"handles it in C in a loop", [] { run(handles_it_in_c_in_a_loop()); }},
    {"ignores it in C", ignores_it_in_c},
    {"in turns", [] { run(in_turns()); }},
    {"length", [] { run(length()); }},
    {"scanf", scanf_words},
    {"shuts down", [] { run(shuts_down()); }},
    {"ticks while it reads", [] { run(ticks_while_it_reads()); }},
};

} // namespace

int main(int, char** argv) { cases.at(argv[1])(); }
