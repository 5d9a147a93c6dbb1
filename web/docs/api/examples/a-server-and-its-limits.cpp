// A server of the program's own network: started, asked, closed
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> amain() {
    asyncio::ClientConnected shout = [](asyncio::StreamReader reader,
                                        asyncio::StreamWriter writer) -> asyncio::Coro<> {
        std::string line = co_await reader.readline();
        for (char& letter : line) letter = static_cast<char>(std::toupper(letter));
        writer.write(line);
        co_await writer.drain();
        writer.close();
    };
    const asyncio::StreamOptions options{.limit = 1024, .start_serving = false};
    asyncio::Server server = co_await asyncio::start_server(shout, "127.0.0.1", 9000, options);
    std::println("serving: {}", server.is_serving());
    co_await server.start_serving();
    std::println("serving: {} at {}", server.is_serving(), server.port());

    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", 9000, options);
    writer.write("hello\n");
    std::print("{}", co_await reader.readline());
    server.close();
    co_await server.wait_closed();
}

int main() { asyncio::run(amain()); }
