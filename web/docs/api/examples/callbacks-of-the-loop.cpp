// Callbacks of the loop: soon, later, from a thread, and not at all
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> amain() {
    asyncio::EventLoop& loop = asyncio::get_running_loop();
    asyncio::Event last;

    asyncio::Handle soon = loop.call_soon([](int number) { std::println("soon: {}", number); }, 1);
    asyncio::Handle never = loop.call_soon([] { std::println("never"); });
    never.cancel();

    const double now = loop.time();
    asyncio::TimerHandle later = loop.call_at(now + 0.05, [&] { last.set(); });
    std::println("the timer is set for {:.2f} s from now", later.when() - now);

    // The only one that may be called from another thread.
    asyncio::ThreadsafeHandle from_outside = loop.call_soon_threadsafe([] { std::println("from outside"); });

    co_await last.wait();
    std::println("cancelled: {} {} {}", soon.cancelled(), never.cancelled(), from_outside.cancelled());
}

int main() { asyncio::run(amain()); }
