// error: gather() takes awaitables
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    co_await asyncio::gather(work(), 2);
#else
    co_await asyncio::gather(work(), work());
#endif
}
