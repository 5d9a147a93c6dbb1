// error: without it nothing sleeps
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    asyncio::sleep(1);
    co_return;
#else
    co_await asyncio::sleep(1);
#endif
}
