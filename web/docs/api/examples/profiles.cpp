// A profile of tasks, on a clock that only this program moves
#include <asyncio.hpp>
#include <asyncio/profile.hpp>
#include <memory>
#include <print>

// work() takes time on it, as a computation does on a real clock.
class WorkClock : public asyncio::VirtualClock {
public:
    double time() override { return VirtualClock::time() + worked; }
    double worked = 0;
};

void work(double seconds) {
    static_cast<WorkClock&>(asyncio::get_running_loop().backend()).worked += seconds;
}

asyncio::Coro<int> worker(int number) {
    work(0.25 * number);
    co_await asyncio::sleep(1);
    work(0.125);
    co_return number;
}

asyncio::Coro<> job() {
    asyncio::get_running_loop().call_soon(work, 0.0625);
    co_await asyncio::gather(worker(1), worker(2), worker(3));
}

asyncio::Coro<> amain() {
    const asyncio::Profile profile = co_await asyncio::profile(job());
    std::println("{} s", profile.seconds);
    for (const asyncio::ProfileRow& row : profile.rows) {
        if (row.function == "callbacks") continue; // the library's timers are among them
        std::println("{}: {} tasks in {} steps ran {} of {} s and waited {} s", row.function, row.calls, row.steps, row.own, row.total, row.waiting());
        std::println("  longest step {} s, place {}, file {}", row.longest, !row.longest_after.empty(), !row.file.empty());
    }
    const asyncio::Profile printed = {.rows = {{.function = "worker", .calls = 3, .steps = 6, .own = 1.875, .total = 5.125, .longest = 0.75, .longest_after = "main.cpp:18"}},
                                      .seconds = 2.6875};
    std::print("{}", printed);
}

int main() {
    asyncio::run(amain(), {.loop_factory = [] { return std::make_unique<asyncio::EventLoop>(std::make_unique<WorkClock>()); }});
}
