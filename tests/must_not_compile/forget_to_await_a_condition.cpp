// error: a coroutine does nothing until it is awaited
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    asyncio::Condition condition;
#ifdef MISTAKE
    condition.wait();
    co_return;
#else
    co_await condition.wait();
#endif
}
