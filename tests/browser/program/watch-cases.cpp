// Programs that are traced and watched; the first argument chooses one.

#include <asyncio.hpp>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

double since(steady_clock::time_point start) {
    return std::chrono::duration<double>(steady_clock::now() - start).count();
}

asyncio::Coro<> nap(std::string name, double seconds) {
    co_await asyncio::sleep(seconds);
    std::printf("%s\n", name.c_str());
}

asyncio::Coro<> sleepers() {
    auto late = asyncio::create_task(nap("late", 10), "late");
    auto soon = asyncio::create_task(nap("soon", 5), "soon");
    co_await asyncio::gather(late, soon);
}

asyncio::Coro<> spin_in_a_task() {
    auto spinner = asyncio::create_task(
        []() -> asyncio::Coro<> {
            for (volatile int i = 0;; i = i + 1) {
            }
            co_return;
        },
        "spinner");
    co_await spinner;
}

asyncio::Coro<> trap_in_a_task() {
    co_await asyncio::sleep(0);
    auto trapper = asyncio::create_task(
        []() -> asyncio::Coro<> {
            __builtin_trap();
            co_return;
        },
        "trapper");
    co_await trapper;
}

asyncio::Coro<> busy() {
    const auto start = steady_clock::now();
    long turns = 0;
    while (since(start) < 0.5)
        for (int i = 0; i < 1000; ++i, ++turns) co_await asyncio::sleep(0);
    std::printf("%ld\n", turns);
}

asyncio::Coro<> deadlock() {
    asyncio::Lock first;
    asyncio::Lock second;
    const auto take = [](asyncio::Lock& one, asyncio::Lock& other) -> asyncio::Coro<> {
        auto held = co_await one.scoped();
        co_await asyncio::sleep(0);
        auto also = co_await other.scoped();
    };
    auto left = asyncio::create_task(take(first, second), "left");
    auto right = asyncio::create_task(take(second, first), "right");
    co_await asyncio::gather(left, right);
}

asyncio::Coro<> for_ever() {
    std::printf("waiting\n");
    co_await asyncio::sleep(3600);
}

asyncio::Coro<> clocks_agree() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    const auto start = steady_clock::now();
    const double began = loop.time();
    const auto day = std::chrono::system_clock::now();
    co_await asyncio::sleep(90);
    std::this_thread::sleep_for(10s);
    std::printf("%.3f %.3f %.0f\n", since(start), loop.time() - began,
                std::chrono::duration<double>(std::chrono::system_clock::now() - day).count());
}

asyncio::Coro<> busy_wait() {
    const auto start = steady_clock::now();
    while (since(start) < 2) {
    }
    std::printf("over\n");
    co_return;
}

asyncio::Coro<> own_net() {
    const auto start = steady_clock::now();
    asyncio::http::ClientSession session;
    auto answer = asyncio::create_task([&]() -> asyncio::Coro<> {
        const auto response = co_await session.get("https://httpbin.test/delay/3");
        std::printf("answer after %.3f\n", since(start));
    });
    co_await asyncio::sleep(1);
    std::printf("slept %.3f\n", since(start));
    co_await answer;
    try {
        co_await asyncio::wait_for(session.get("https://httpbin.test/delay/10"), 4);
    } catch (const asyncio::TimeoutError&) {
        std::printf("gave up after %.3f\n", since(start));
    }
}

asyncio::Coro<> race() {
    std::string order;
    const auto add = [&](char c) -> asyncio::Coro<> {
        co_await asyncio::sleep(1);
        order += c;
    };
    co_await asyncio::gather(add('a'), add('b'), add('c'), add('d'));
    std::printf("%s\n", order.c_str());
}

const std::map<std::string, std::function<asyncio::Coro<>()>> cases = {
    {"sleepers", sleepers},
    {"spin in a task", spin_in_a_task},
    {"trap in a task", trap_in_a_task},
    {"busy", busy},
    {"deadlock", deadlock},
    {"for ever", for_ever},
    {"clocks agree", clocks_agree},
    {"busy wait", busy_wait},
    {"own net", own_net},
    {"race", race},
};

} // namespace

int main(int, char** argv) {
    asyncio::run(cases.at(argv[1])());
    return 0;
}
