// error: start_server() runs its handler as a task
#include <asyncio.hpp>

asyncio::Coro<> test() {
#ifdef MISTAKE
    const auto handle = [](asyncio::StreamReader, asyncio::StreamWriter writer) { writer.close(); };
#else
    const auto handle = [](asyncio::StreamReader, asyncio::StreamWriter writer) -> asyncio::Coro<> {
        writer.close();
        co_return;
    };
#endif
    co_await asyncio::start_server(handle, "127.0.0.1", 8888);
}
