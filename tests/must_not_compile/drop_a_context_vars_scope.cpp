// error: keep it in a variable
#include <asyncio.hpp>

asyncio::ContextVar<int> depth("depth", 0);

asyncio::Coro<> test() {
#ifdef MISTAKE
    depth.scoped(1);
#else
    auto kept = depth.scoped(1);
#endif
    co_return;
}
