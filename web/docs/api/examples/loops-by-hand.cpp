// Loops by hand: made, set, run twice and closed
#include <asyncio.hpp>
#include <print>

asyncio::Coro<int> answer() { co_return 42; }

int main() {
    std::unique_ptr<asyncio::EventLoop> loop = asyncio::new_event_loop();
    asyncio::set_event_loop(loop.get());
    std::println("the loop that is set: {}", &asyncio::get_event_loop() == loop.get());

    std::println("first: {}", loop->run_until_complete(answer()));
    loop->call_soon([&] { loop->stop(); });
    loop->run_forever();
    std::println("second: {}", loop->run_until_complete(answer()));

    asyncio::set_event_loop(nullptr);
    loop->close();
    std::println("closed: {}", loop->is_closed());
}
