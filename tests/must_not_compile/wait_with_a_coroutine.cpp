// error: pass the coroutine to create_task() first
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    co_await asyncio::wait(work());
#else
    co_await asyncio::wait(asyncio::create_task(work()));
#endif
}
