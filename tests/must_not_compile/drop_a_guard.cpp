// error: keep it in a variable: as a temporary it releases immediately
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    asyncio::Lock lock;
#ifdef MISTAKE
    co_await lock.scoped();
#else
    auto held = co_await lock.scoped();
#endif
}
