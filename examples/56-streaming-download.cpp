// A streaming download: the body is read as it comes, and the progress shown
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> amain() {
    http::ClientSession session;
    // A hundred bytes, which take a second to arrive.
    auto response = co_await session.get("https://httpbin.test/drip?numbytes=100&duration=1");
    response.raise_for_status();
    const std::size_t total = response.content_length().value();

    std::size_t got = 0;
    auto pieces = response.content().iter_chunked(20);
    while (auto piece = co_await pieces.next()) {
        got += piece->size();
        std::println("[{:<10}] {} of {} bytes", std::string(10 * got / total, '#'), got, total);
    }
}

int main() {
    asyncio::run(amain());
}
