// error: co_await event.wait()
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    asyncio::Event event;
#ifdef MISTAKE
    event.wait();
    co_return;
#else
    co_await event.wait();
#endif
}
