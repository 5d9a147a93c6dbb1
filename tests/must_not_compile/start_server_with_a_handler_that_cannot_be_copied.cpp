// error: start_server() keeps its handler in a std::function
#include <asyncio.hpp>

asyncio::Coro<> test() {
#ifdef MISTAKE
    auto greeting = std::make_unique<std::string>("hello");
#else
    auto greeting = std::make_shared<std::string>("hello");
#endif
    auto handle = [kept = std::move(greeting)](asyncio::StreamReader,
                                               asyncio::StreamWriter writer) -> asyncio::Coro<> {
        writer.write(*kept);
        co_await writer.drain();
    };
    co_await asyncio::start_server(std::move(handle), "127.0.0.1", 8888);
}
