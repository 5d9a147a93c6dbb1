// A stream over a WebSocket: bytes and lines, where messages have no meaning of their own
#include <asyncio.hpp>
#include <print>

asyncio::Coro<> amain() {
    auto [reader, writer] = co_await asyncio::open_websocket_connection("wss://echo.test");
    for (const char* piece : {"one\ntw", "o\nthree\n"}) writer.write(piece);
    co_await writer.drain();
    for (int count = 0; count < 3; ++count) std::print("{}", co_await reader.readline());
    writer.close();
    co_await writer.wait_closed();
}

int main() { asyncio::run(amain()); }
