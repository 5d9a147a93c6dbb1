// Awaits in the place of Python's except and finally
#include <asyncio.hpp>
#include <optional>
#include <print>
using namespace std::chrono_literals;

asyncio::Coro<> say_goodbye() {
    co_await asyncio::sleep(1ms);
    std::println("goodbye");
}

asyncio::Coro<int> read(bool there) {
    if (!there) throw asyncio::FileNotFoundError(2, "a.txt");
    co_return 7;
}

asyncio::Coro<> amain() {
    // finally: the cleanup is awaited, whether the body returns, fails or is cancelled.
    std::println("{}", co_await asyncio::try_finally(read(true), say_goodbye));

    // contextlib.suppress: an error of the class leaves no value.
    const std::optional<int> none = co_await asyncio::suppress<asyncio::FileNotFoundError>(read(false));
    std::println("{}", none.has_value());

    auto task = asyncio::create_task(asyncio::sleep(1h));
    task.cancel();
    co_await asyncio::suppress<asyncio::CancelledError>(task);
    std::println("it was cancelled: {}", task.cancelled());
}

int main() { asyncio::run(amain()); }
