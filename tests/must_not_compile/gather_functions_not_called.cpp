// error: gather() takes awaitables
#include <asyncio.hpp>

asyncio::Coro<int> work(int number) {
    co_return number;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    co_await asyncio::gather(work, work);
#else
    co_await asyncio::gather(work(1), work(2));
#endif
}
