// Programs for tests/browser/threads.test.ts; the first argument chooses one.
#include <asyncio.hpp>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <barrier>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <future>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <print>
#include <semaphore>
#include <shared_mutex>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using asyncio::Coro;

namespace {

Coro<> to_thread() {
    const auto here = std::this_thread::get_id();
    const auto there = co_await asyncio::to_thread([] { return std::this_thread::get_id(); });
    std::println("{}", here == there ? "the same thread" : "another thread");
}

// The work ends only if the loop runs at the same time.
Coro<> beside_a_ticking_loop() {
    std::atomic<int> ticks = 0;
    auto work = asyncio::create_task(asyncio::to_thread([&ticks] {
        while (ticks < 20) {
        }
        return 6 * 7;
    }));
    while (!work.done()) {
        co_await asyncio::sleep(1ms);
        ++ticks;
    }
    std::println("{} after {}", co_await work, ticks >= 20 ? "20 ticks" : "too few");
}

// Neither ends unless the other runs at the same time.
Coro<> side_by_side() {
    std::array<std::atomic<int>, 2> steps = {};
    const auto climb = [&steps](std::size_t mine) {
        for (int step = 1; step <= 1'000; ++step) {
            ++steps[mine];
            while (steps[1 - mine] < step) {
            }
        }
        return steps[mine].load();
    };
    auto [a, b] = co_await asyncio::gather(asyncio::to_thread([&] { return climb(0); }),
                                           asyncio::to_thread([&] { return climb(1); }));
    std::println("{} {}", a, b);
}

Coro<> exception_crosses_back() {
    try {
        co_await asyncio::to_thread([] { throw std::out_of_range("not in the thread"); });
    } catch (const std::out_of_range& error) {
        std::println("caught: {}", error.what());
    }
}

Coro<> cancelled_wait() {
    std::binary_semaphore go(0);
    std::atomic<bool> started = false;
    std::atomic<bool> finished = false;
    auto wait = asyncio::create_task(asyncio::to_thread([&] {
        started = true;
        go.acquire();
        finished = true;
    }));
    while (!started) co_await asyncio::sleep(1ms);
    wait.cancel();
    try {
        co_await wait;
    } catch (const asyncio::CancelledError&) {
        std::println("cancelled, finished: {}", finished.load());
    }
    go.release();
    while (!finished) co_await asyncio::sleep(1ms);
    std::println("finished: {}", finished.load());
}

Coro<> call_soon_threadsafe() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    const auto here = std::this_thread::get_id();
    asyncio::Event called;
    std::jthread other([&] {
        loop.call_soon_threadsafe([&] {
            std::println("{}", std::this_thread::get_id() == here ? "on the loop's thread" : "elsewhere");
            called.set();
        });
    });
    co_await called.wait();
}

Coro<int> doubled(int n) {
    co_await asyncio::sleep(5ms);
    co_return 2 * n;
}

Coro<> run_coroutine_threadsafe() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    int result = 0;
    asyncio::Event done;
    std::jthread other([&] {
        result = asyncio::run_coroutine_threadsafe(doubled(21), loop).result();
        loop.call_soon_threadsafe([&] { done.set(); });
    });
    co_await done.wait();
    std::println("{}", result);
}

Coro<> executor() {
    asyncio::ThreadPoolExecutor pool(3);
    std::mutex mutex;
    std::map<std::thread::id, int> done;
    std::barrier together(3);
    std::vector<asyncio::Task<>> tasks;
    for (int i = 0; i < 3; ++i) {
        tasks.push_back(asyncio::create_task([](auto& executor, auto& all, auto& lock, auto& by) -> Coro<> {
            co_await asyncio::get_running_loop().run_in_executor(executor, [&] {
                all.arrive_and_wait();
                const std::scoped_lock held(lock);
                ++by[std::this_thread::get_id()];
            });
        }(pool, together, mutex, done)));
    }
    co_await asyncio::gather(tasks);
    std::println("{} threads", done.size());
}

void jthread_stops() {
    std::atomic<long> rounds = 0;
    std::jthread worker([&](const std::stop_token& token) {
        while (!token.stop_requested()) ++rounds;
        std::println("asked to stop");
    });
    while (rounds < 1'000) std::this_thread::yield();
    worker.request_stop();
    worker.join();
    std::println("joined");
}

void contention() {
    std::mutex mutex;
    long sum = 0;
    std::atomic<long> atomic_sum = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 8; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 20'000; ++i) {
                    const std::scoped_lock lock(mutex);
                    ++sum;
                    ++atomic_sum;
                }
            });
        }
    }
    std::println("{} {}", sum, atomic_sum.load());
}

void fifty() {
    std::latch all(50);
    std::atomic<int> sum = 0;
    {
        std::vector<std::jthread> threads;
        for (int t = 1; t <= 50; ++t) {
            threads.emplace_back([&, t] {
                all.arrive_and_wait();
                sum += t;
            });
        }
    }
    std::println("{}", sum.load());
}

void condition_variable() {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<int> queue;
    std::jthread producer([&] {
        for (int i = 1; i <= 100; ++i) {
            const std::scoped_lock lock(mutex);
            queue.push_back(i);
            changed.notify_one();
        }
    });
    int sum = 0;
    for (int taken = 0; taken < 100;) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return !queue.empty(); });
        for (const int i : queue) sum += i;
        taken += static_cast<int>(queue.size());
        queue.clear();
    }
    std::println("{}", sum);
    std::unique_lock lock(mutex);
    std::println("{}", changed.wait_for(lock, 20ms) == std::cv_status::timeout ? "timeout" : "woken");
}

struct Counted {
    static inline std::atomic<int> made = 0;
    static inline std::atomic<int> gone = 0;
    int uses = 0;
    Counted() { ++made; }
    ~Counted() { ++gone; }
};
thread_local int plain = 40;
thread_local Counted counted;

void thread_locals() {
    ++plain;
    for (int round = 0; round < 3; ++round) {
        std::jthread([] {
            ++plain;
            ++counted.uses;
            std::println("{} {}", plain, counted.uses);
        }).join();
    }
    std::println("{} {} {}", plain, Counted::made.load(), Counted::gone.load());
}

struct Shape {
    virtual ~Shape() = default;
    virtual int corners() const = 0;
};
struct Square : Shape {
    int corners() const override { return 4; }
};
int twice(int n) { return 2 * n; }

// Created on one thread, called on the other, in both directions.
void functions_are_the_same_everywhere() {
    std::unique_ptr<Shape> made;
    std::function<int(int)> add;
    int (*pointer)(int) = nullptr;
    std::jthread([&] {
        made = std::make_unique<Square>();
        add = [n = 5](int m) { return n + m; };
        pointer = twice;
    }).join();
    std::println("{} {} {} {}", made->corners(), add(1), pointer(4), pointer == twice);
    std::jthread([&] { std::println("{} {} {}", made->corners(), add(2), pointer == &twice); }).join();
    std::jthread([] {
        try {
            throw std::runtime_error("inside");
        } catch (const std::exception& error) {
            std::println("{}", error.what());
        }
    }).join();
}

void a_thread_of_a_thread() {
    std::jthread outer([] {
        int found = 0;
        std::jthread([&] { found = 42; }).join();
        std::println("{}", found);
    });
    outer.join();
    std::println("joined");
}

void async() {
    std::vector<std::future<int>> parts;
    for (int i = 0; i < 4; ++i) parts.push_back(std::async(std::launch::async, [i] { return i * i; }));
    int sum = 0;
    for (auto& part : parts) sum += part.get();
    std::println("{}", sum);
}

void loop_of_a_thread() {
    std::jthread([] {
        asyncio::run([]() -> Coro<> {
            auto [a, b] = co_await asyncio::gather(doubled(1), doubled(2));
            std::println("{} {}", a, b);
        }());
    }).join();
}

void output_keeps_its_order() {
    for (int i = 0; i < 20; ++i) {
        std::println("{} before", i);
        std::jthread([i] { std::println("{} in the thread", i); }).join();
        std::println("{} after", i);
    }
}

void uncaught() {
    std::println("printed before");
    std::jthread([] { throw std::logic_error("nobody catches it"); }).join();
    std::println("never");
}

void exits() {
    std::println("printed before");
    std::jthread([] { std::exit(7); }).join();
    std::println("never");
}

void traps() {
    const volatile auto nowhere = std::uintptr_t{0xffff'fff0};
    std::jthread([&] { *reinterpret_cast<volatile int*>(nowhere) = 1; }).join();
    std::println("never");
}

void busy_for_ever() {
    std::vector<std::jthread> threads;
    std::atomic<int> running = 0;
    for (int t = 0; t < 3; ++t) {
        threads.emplace_back([&] {
            ++running;
            for (volatile int i = 0;; i = i + 1) {
            }
        });
    }
    while (running < 3) std::this_thread::sleep_for(1ms);
    std::println("{} threads run", running.load());
    threads.front().join();
}

Coro<> http_in_a_thread() {
    co_await asyncio::to_thread([] {
        try {
            asyncio::run([]() -> Coro<> { co_await asyncio::fetch("https://echo.test/"); }());
        } catch (const std::exception& error) {
            std::println("{}", error.what());
        }
    });
}

// Strings of the program that go to JavaScript and back, in memory that threads share.
Coro<> http_beside_threads() {
    asyncio::http::ClientSession session;
    auto response = co_await session.post("https://httpbin.test/anything", {.json = asyncio::Json("grüße")});
    std::println("{} {}", response.status(), (co_await response.json())["json"].dump());
}

Coro<> nothing_can_wake_it() {
    co_await asyncio::to_thread([] {});
    asyncio::Event never;
    co_await never.wait();
}

void refused() {
    for (const auto& start : std::initializer_list<std::function<void()>>{
             [] { std::thread([] {}).join(); },
             [] { std::jthread([] {}).join(); },
             [] { std::async(std::launch::async, [] {}).get(); },
         }) {
        try {
            start();
            std::println("started");
        } catch (const std::system_error& error) {
            std::println("{}", error.what());
        }
    }
}

template <Coro<> function()> void run() { asyncio::run(function()); }

void pipes() {
    std::array<int, 2> ends{};
    pipe(ends.data());
    char text = 0;
    std::thread reader([&] {
        const auto count = read(ends[0], &text, 1);
        std::println("{} {}", count, text);
    });
    std::this_thread::sleep_for(20ms);
    write(ends[1], "x", 1);
    reader.join();
    const std::jthread writer([&] {
        std::this_thread::sleep_for(20ms);
        write(ends[1], "y", 1);
    });
    std::this_thread::sleep_for(10ms);
    const auto count = read(ends[0], &text, 1);
    std::println("{} {}", count, text);
}

void serves() {
    const int listener = socket(AF_INET, SOCK_STREAM, 0);
    listen(listener, 1);
    sockaddr_in address{};
    socklen_t size = sizeof address;
    getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::jthread server([=] {
        const int client = accept(listener, nullptr, nullptr);
        std::array<char, 16> text{};
        send(client, text.data(), static_cast<std::size_t>(recv(client, text.data(), text.size(), 0)), 0);
        close(client);
    });
    const int client = socket(AF_INET, SOCK_STREAM, 0);
    connect(client, reinterpret_cast<sockaddr*>(&address), size);
    std::this_thread::sleep_for(20ms);
    send(client, "hello", 5, 0);
    std::array<char, 16> text{};
    std::print("{} {}", recv(client, text.data(), text.size(), 0), text.data());
    std::println(" {}", recv(client, text.data(), text.size(), 0));
}

void forgets_a_thread() {
    std::set_terminate([] {
        std::println("terminate");
        std::abort();
    });
    std::signal(SIGABRT, [](int) { std::println("SIGABRT"), std::fflush(stdout); });
    const std::thread forgotten([] { std::this_thread::sleep_for(1s); });
}

const std::map<std::string, void (*)()> cases = {
    {"forgets a thread", forgets_a_thread},
    {"pipes", pipes},
    {"serves", serves},
    {"to_thread", run<to_thread>},
    {"beside a ticking loop", run<beside_a_ticking_loop>},
    {"side by side", run<side_by_side>},
    {"exception crosses back", run<exception_crosses_back>},
    {"cancelled wait", run<cancelled_wait>},
    {"call_soon_threadsafe", run<call_soon_threadsafe>},
    {"run_coroutine_threadsafe", run<run_coroutine_threadsafe>},
    {"executor", run<executor>},
    {"jthread stops", jthread_stops},
    {"contention", contention},
    {"fifty", fifty},
    {"condition variable", condition_variable},
    {"thread locals", thread_locals},
    {"functions", functions_are_the_same_everywhere},
    {"a thread of a thread", a_thread_of_a_thread},
    {"async", async},
    {"loop of a thread", loop_of_a_thread},
    {"output keeps its order", output_keeps_its_order},
    {"uncaught", uncaught},
    {"exits", exits},
    {"traps", traps},
    {"busy for ever", busy_for_ever},
    {"HTTP in a thread", run<http_in_a_thread>},
    {"HTTP beside threads", run<http_beside_threads>},
    {"nothing can wake it", run<nothing_can_wake_it>},
    {"refused", refused},
};

} // namespace

int main(int argc, char** argv) {
    const auto found = cases.find(argc > 1 ? argv[1] : "");
    if (found == cases.end()) return 2;
    found->second();
}
