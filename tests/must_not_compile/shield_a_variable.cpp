// error: a coroutine can be awaited only once: pass the call itself, or std::move the variable
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    auto coro = work();
#ifdef MISTAKE
    co_await asyncio::shield(coro);
#else
    co_await asyncio::shield(std::move(coro));
#endif
}
