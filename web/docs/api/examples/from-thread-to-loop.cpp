// From a thread to the loop: futures that may be asked from anywhere
#include <asyncio.hpp>
#include <print>

asyncio::Coro<int> twice(int number) { co_return 2 * number; }

asyncio::Coro<> amain() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    asyncio::ThreadPoolExecutor threads(1);

    // A thread's result, awaited in the loop.
    asyncio::ConcurrentFuture<int> work = threads.submit([](int a, int b) { return a * b; }, 6, 7);
    std::println("from the thread: {}", co_await asyncio::wrap_future(work));
    const asyncio::WorkState state = work.state();
    std::println("it is {}", asyncio::to_string(state));

    // The other way: a coroutine of the loop, whose result any thread can ask for.
    asyncio::ConcurrentFuture<int> asked = asyncio::run_coroutine_threadsafe(twice(21), loop);
    std::println("from the loop: {}", co_await asyncio::wrap_future(asked));

    threads.shutdown(asyncio::ShutdownOptions{.wait = false, .cancel_futures = true});
}

int main() { asyncio::run(amain()); }
