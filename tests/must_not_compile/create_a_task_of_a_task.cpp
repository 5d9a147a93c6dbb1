// error: it is already scheduled
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    auto task = asyncio::create_task(work());
#ifdef MISTAKE
    asyncio::create_task(task);
#else
    asyncio::ensure_future(task);
#endif
    co_await task;
}
