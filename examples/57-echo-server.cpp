// An echo server and its clients, over a network inside the program
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> serve(asyncio::StreamReader reader, asyncio::StreamWriter writer) {
    while (auto line = co_await reader.next()) {
        writer.write(*line);
        co_await writer.drain();
    }
    writer.close();
    co_await writer.wait_closed();
}

asyncio::Coro<std::string> call(std::uint16_t port, std::string text) {
    auto [reader, writer] = co_await asyncio::open_connection("127.0.0.1", port);
    std::string heard;
    for (char letter : text) {
        writer.write(std::string{letter, '\n'});
        co_await writer.drain();
        heard += (co_await reader.readline()).front();
    }
    writer.close();
    co_await writer.wait_closed();
    co_return heard;
}

asyncio::Coro<> amain() {
    auto server = co_await asyncio::start_server(serve, "127.0.0.1", 8888);
    std::println("listening on {}", server.sockets().front());
    co_await asyncio::async_with(server, [&]() -> asyncio::Coro<> {
        auto [ann, bob] = co_await asyncio::gather(call(server.port(), "hello"), call(server.port(), "goodbye"));
        std::println("ann heard {}, bob heard {}", ann, bob);
    });
    try {
        co_await call(8888, "still there?");
    } catch (const asyncio::ConnectionRefusedError& error) {
        std::println("{}", error.what());
    }
}

int main() {
    asyncio::run(amain());
}
