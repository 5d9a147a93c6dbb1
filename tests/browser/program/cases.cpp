// Each case is a program of its own; the first argument chooses one.

#include <asyncio.hpp>

#include <cassert>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <typeinfo>
#include <unistd.h>
#include <vector>

using namespace std::chrono_literals;

namespace {

struct Announcer {
    const char* name;
    ~Announcer() { std::printf("~%s\n", name); }
};

const Announcer global{"global"};

/// A value that the optimiser must not know.
template <class T> T opaque(T value) {
    volatile T hidden = value;
    return hidden;
}

// Output

void print_lines(int count) {
    for (int i = 0; i < count; ++i) std::printf("line %d\n", i);
}

void spin() {
    for (volatile int i = 0;; i = i + 1) {
    }
}

void lines_then_spin() {
    print_lines(5'000);
    spin();
}

void many_lines_then_spin() {
    print_lines(100'000);
    spin();
}

void hundred_thousand_lines() { print_lines(100'000); }

void flood() {
    for (int i = 0;; ++i) std::printf("line %d\n", i);
}

void interleaved() {
    for (int i = 0; i < 2'000; ++i) {
        std::printf("%d out\n", i);
        std::fprintf(stderr, "%d err\n", i);
    }
}

void split_characters() {
    const std::string text = "grüße, 世界 🎉\n";
    for (const char byte : text) {
        write(1, &byte, 1);
        write(2, &byte, 1);
    }
}

void no_last_newline() {
    std::cout << "no newline";
    std::cerr << "nor here";
}

void files() {
    std::ofstream("notes.txt") << "kept\n";
    std::ifstream in("notes.txt");
    std::cout << in.rdbuf();
}

void read_with_cin() {
    int a = 0, b = 0;
    std::cin >> a >> b;
    std::cin.ignore(1);
    std::string line;
    std::getline(std::cin, line);
    std::cout << a + b << " [" << line << "] ";
    std::cout << (std::getline(std::cin, line) ? "more" : "end") << '\n';
}

void read_with_scanf() {
    int a = 0, b = 0;
    std::scanf("%d %d", &a, &b);
    char word[64] = "";
    std::scanf("%63s", word);
    std::printf("%d %s %d\n", a + b, word, std::scanf("%63s", word) == 1);
}

// Ends

void exits() {
    const Announcer local{"local"};
    std::atexit([] { std::printf("atexit\n"); });
    auto leave = []() noexcept { std::exit(3); };
    leave();
}

void exits_in_coroutine() {
    asyncio::run([]() -> asyncio::Coro<> {
        const Announcer local{"local"};
        co_await asyncio::sleep(1ms);
        std::exit(4);
    }());
}

void quick_exits() { std::_Exit(5); }

void throws_runtime_error() {
    std::printf("before");
    throw std::runtime_error("it broke");
}
void throws_int() { throw 42; }
void throws_text() { throw "just text"; }

struct Plain {};
void throws_plain() { throw Plain{}; }

struct Derived : std::logic_error {
    using logic_error::logic_error;
};
void throws_nested() {
    try {
        throw Derived("inner");
    } catch (...) {
        std::throw_with_nested(std::runtime_error("outer"));
    }
}

void throws_from_noexcept() {
    auto f = []() noexcept { std::vector<int>(3).at(7); };
    f();
}

void throws_after_wait() {
    asyncio::run([]() -> asyncio::Coro<> {
        co_await asyncio::sleep(1ms);
        throw std::invalid_argument("after a wait");
    }());
}

void raises_library_error() {
    asyncio::run([]() -> asyncio::Coro<> {
        asyncio::Future<int> never;
        co_await never;
    }());
}

void custom_terminate() {
    std::set_terminate([] {
        std::printf("my handler\n");
        std::exit(9);
    });
    throw 1;
}

void terminates() { std::terminate(); }
void aborts() {
    std::printf("before");
    std::abort();
}
void asserts() { assert(opaque(1) == 2 && "one is not two"); }

int forgets_return(int value) {
    if (value > 100) return value;
    __builtin_trap();
}
void traps() { std::printf("%d\n", forgets_return(opaque(1))); }
void divides_by_zero() { std::printf("%d\n", 10 / opaque(0)); }
void overflows_division() { std::printf("%d\n", opaque(INT32_MIN) / opaque(-1)); }
void reads_out_of_bounds() {
    std::printf("before");
    std::printf("%d\n", *reinterpret_cast<volatile int*>(opaque<std::uintptr_t>(0xf0000000u)));
}
void calls_wrong_type() {
    auto f = reinterpret_cast<double (*)(double, double)>(
        opaque(reinterpret_cast<std::uintptr_t>(&divides_by_zero)));
    std::printf("%f\n", f(1, 2));
}
void calls_null() { opaque<void (*)()>(nullptr)(); }

void exhausts_memory() {
    std::vector<std::unique_ptr<char[]>> blocks;
    for (;;) {
        blocks.push_back(std::make_unique<char[]>(16 << 20));
    }
}
void asks_for_too_much() { std::vector<char> all(opaque<std::size_t>(3'000'000'000)); }

int recurse(int depth) { return depth == -1 ? 0 : recurse(depth + 1) + 1; }
void recurses() { std::printf("%d\n", recurse(0)); }

int recurse_with_array(int depth) {
    volatile char room[4096];
    room[0] = static_cast<char>(depth);
    return depth == -1 ? 0 : recurse_with_array(depth + 1) + room[0];
}
void recurses_with_arrays() { std::printf("%d\n", recurse_with_array(0)); }

int recurse_noexcept(int depth) noexcept { return depth == -1 ? 0 : recurse_noexcept(depth + 1) + 1; }
void recurses_noexcept() { std::printf("%d\n", recurse_noexcept(0)); }

void jumps() {
    std::jmp_buf place;
    if (setjmp(place) == 0) std::longjmp(place, 1);
    std::printf("jumped\n");
}

void catches_across_modules() {
    try {
        std::vector<int>(3).at(7);
    } catch (const std::out_of_range& error) {
        std::printf("caught %s\n", typeid(error).name());
    }
    asyncio::run([]() -> asyncio::Coro<> {
        auto task = asyncio::create_task([]() -> asyncio::Coro<> { co_await asyncio::sleep(1h); });
        co_await asyncio::sleep(0);
        task.cancel();
        try {
            co_await task;
        } catch (const asyncio::CancelledError&) {
            std::printf("caught a cancel\n");
        }
    }());
}

// Waiting

void sleeps() {
    asyncio::run([]() -> asyncio::Coro<> {
        for (int i = 0; i < 4; ++i) {
            std::printf("%d ", i);
            co_await asyncio::sleep(100ms);
        }
    }());
}

void short_sleeps() {
    asyncio::run([]() -> asyncio::Coro<> {
        auto& loop = asyncio::get_running_loop();
        for (const auto pause : {200us, 1000us, 2000us, 3500us, 5000us}) {
            const double start = loop.time();
            for (int i = 0; i < 20; ++i) co_await asyncio::sleep(pause);
            std::printf("%lld %.0f\n", static_cast<long long>(pause.count()),
                        (loop.time() - start) / 20 * 1e6);
        }
    }());
}

void many_turns() {
    asyncio::run([]() -> asyncio::Coro<> {
        auto& loop = asyncio::get_running_loop();
        const double start = loop.time();
        for (int i = 0; i < 1'000'000; ++i) co_await asyncio::sleep(0);
        std::printf("%.1f\n", (loop.time() - start) / 1e6 * 1e9);
    }());
}

void blocks_thread() {
    const auto start = std::chrono::steady_clock::now();
    std::printf("before ");
    std::this_thread::sleep_for(200ms);
    const std::chrono::duration<double, std::milli> passed = std::chrono::steady_clock::now() - start;
    std::printf("%.0f\n", passed.count());
}

void blocks_thread_for_long() {
    std::printf("asleep\n");
    std::this_thread::sleep_for(1h);
}

// Stop

asyncio::Coro<> forever(std::chrono::milliseconds pause) {
    const Announcer local{"local"};
    std::exception_ptr cancel;
    try {
        std::printf("working\n");
        for (;;) co_await asyncio::sleep(pause);
    } catch (const asyncio::CancelledError&) {
        std::printf("cancelled\n");
        cancel = std::current_exception();
    }
    co_await asyncio::sleep(50ms);
    std::printf("cleaned up\n");
    std::rethrow_exception(cancel);
}

void waits_for_ever() { asyncio::run(forever(1h)); }
void is_busy_for_ever() { asyncio::run(forever(0ms)); }

void ignores_cancel() {
    asyncio::run([]() -> asyncio::Coro<> {
        std::printf("working\n");
        for (;;) {
            try {
                co_await asyncio::sleep(1h);
            } catch (const asyncio::CancelledError&) {
                std::printf("not now\n");
            }
        }
    }());
}

const std::map<std::string, std::function<void()>> cases{
    {"100,000 lines", hundred_thousand_lines},
    {"100,000 lines, then spin", many_lines_then_spin},
    {"5,000 lines, then spin", lines_then_spin},
    {"_Exit", quick_exits},
    {"abort", aborts},
    {"assert", asserts},
    {"blocks the thread", blocks_thread},
    {"blocks the thread for long", blocks_thread_for_long},
    {"busy for ever", is_busy_for_ever},
    {"calls a function of another type", calls_wrong_type},
    {"calls null", calls_null},
    {"catches across modules", catches_across_modules},
    {"cin", read_with_cin},
    {"custom terminate", custom_terminate},
    {"divides by zero", divides_by_zero},
    {"exhausts memory", exhausts_memory},
    {"exit", exits},
    {"exit in a coroutine", exits_in_coroutine},
    {"files", files},
    {"flood", flood},
    {"ignores the cancel", ignores_cancel},
    {"interleaved", interleaved},
    {"jumps", jumps},
    {"many turns", many_turns},
    {"no last newline", no_last_newline},
    {"overflowing division", overflows_division},
    {"reads out of bounds", reads_out_of_bounds},
    {"recursion", recurses},
    {"recursion of noexcept functions", recurses_noexcept},
    {"recursion with arrays", recurses_with_arrays},
    {"scanf", read_with_scanf},
    {"short sleeps", short_sleeps},
    {"sleeps", sleeps},
    {"spin", spin},
    {"split characters", split_characters},
    {"std::terminate", terminates},
    {"throws a library's error", raises_library_error},
    {"throws a plain class", throws_plain},
    {"throws after a wait", throws_after_wait},
    {"throws an int", throws_int},
    {"throws from noexcept", throws_from_noexcept},
    {"throws nested", throws_nested},
    {"throws runtime_error", throws_runtime_error},
    {"throws text", throws_text},
    {"too much at once", asks_for_too_much},
    {"trap", traps},
    {"waits for ever", waits_for_ever},
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 2 || !cases.contains(argv[1])) {
        std::fprintf(stderr, "no such case\n");
        return 2;
    }
    cases.at(argv[1])();
}
