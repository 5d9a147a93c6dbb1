// error: co_await gen.next()
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    auto gen = []() -> asyncio::AsyncGenerator<int> { co_yield 1; }();
#ifdef MISTAKE
    gen.next();
    co_return;
#else
    co_await gen.next();
#endif
}
