// error: co_await lock.acquire()
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    asyncio::Lock lock;
#ifdef MISTAKE
    lock.acquire();
    co_return;
#else
    co_await lock.acquire();
#endif
}
