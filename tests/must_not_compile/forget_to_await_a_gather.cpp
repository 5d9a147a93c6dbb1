// error: a Future is there to be awaited
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    asyncio::gather(work(), work());
    co_return;
#else
    co_await asyncio::gather(work(), work());
#endif
}
