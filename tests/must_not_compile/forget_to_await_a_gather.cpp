// error: keep the Future in a variable, or co_await it
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
