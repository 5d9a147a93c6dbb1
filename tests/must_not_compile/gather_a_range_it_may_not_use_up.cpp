// error: gather() consumes coroutines: std::move the range into it
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    std::vector<asyncio::Coro<int>> coros;
#ifdef MISTAKE
    co_await asyncio::gather(coros);
#else
    co_await asyncio::gather(std::move(coros));
#endif
}
