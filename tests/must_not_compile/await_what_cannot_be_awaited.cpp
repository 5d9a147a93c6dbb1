// error: co_await needs an awaitable: a Coro, a Task, a Future
#include <asyncio.hpp>

asyncio::Coro<int> work() {
    co_return 1;
}

asyncio::Coro<> test() {
#ifdef MISTAKE
    co_await 42;
#else
    co_await asyncio::sleep(42);
#endif
}
