// error: as_completed() consumes coroutines: std::move the range into it
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
    std::vector<asyncio::Coro<int>> coros;
#ifdef MISTAKE
    auto results = asyncio::as_completed(coros);
    co_await results.next();
#else
    auto results = asyncio::as_completed(std::move(coros));
    co_await results.next();
#endif
}
