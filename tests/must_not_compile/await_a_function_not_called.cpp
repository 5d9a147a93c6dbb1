// error: write co_await f(), not co_await f
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    co_await work;
#else
    co_await work();
#endif
}
