// error: call to implicitly-deleted copy constructor of 'asyncio::Coro<int>'
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    auto coro = work();
#ifdef MISTAKE
    auto other = coro;
    co_await other;
#else
    auto other = std::move(coro);
    co_await other;
#endif
}
