// error: as_completed() needs results of one type
#include <asyncio.hpp>

asyncio::Coro<int> number() {
    co_return 1;
}

asyncio::Coro<std::string> text() {
    co_return "one";
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    auto results = asyncio::as_completed(number(), text());
#else
    auto results = asyncio::as_completed(number(), number());
#endif
    co_await results.next();
}
