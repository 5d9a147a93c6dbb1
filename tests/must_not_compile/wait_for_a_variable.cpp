// error: wait_for() consumes the coroutine: pass the call itself, or std::move the variable
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    auto coro = work();
#ifdef MISTAKE
    co_await asyncio::wait_for(coro, 1);
#else
    co_await asyncio::wait_for(std::move(coro), 1);
#endif
}
