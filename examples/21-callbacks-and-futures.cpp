// Futures: from a callback to a co_await
#include <asyncio.hpp>
#include <functional>
#include <print>
using namespace std::chrono_literals;

// An interface with a callback, which it calls when it is done.
void compute(int x, std::function<void(int)> done) {
    asyncio::get_running_loop().call_later(50ms, [x, done] { done(x * x); });
}

asyncio::Future<int> computed(int x) {
    asyncio::Future<int> result;
    compute(x, [result](int value) {
        if (!result.done()) result.set_result(value);
    });
    return result;
}

asyncio::Coro<> amain() {
    std::println("12 * 12 = {}", co_await computed(12));

    auto task = asyncio::create_task(asyncio::sleep(20ms, std::string("tea")), "kettle");
    task.add_done_callback([](asyncio::Task<std::string> done) { std::println("{} gives {}", done.get_name(), done.result()); });
    co_await task;
    co_await asyncio::sleep(0);
}

int main() {
    asyncio::run(amain());
}
