// error: it must take these two by value
#include <asyncio.hpp>

asyncio::Coro<> test() {
#ifdef MISTAKE
    const auto handle = [](asyncio::StreamReader&) -> asyncio::Coro<> { co_return; };
#else
    const auto handle = [](asyncio::StreamReader, asyncio::StreamWriter) -> asyncio::Coro<> { co_return; };
#endif
    co_await asyncio::start_server(handle, "127.0.0.1", 8888);
}
