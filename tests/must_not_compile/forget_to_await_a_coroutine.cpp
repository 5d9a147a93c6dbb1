// error: a coroutine does nothing until it is awaited
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    work();
    co_return;
#else
    co_await work();
#endif
}
