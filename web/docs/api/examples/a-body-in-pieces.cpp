// A body in pieces: read as it comes, by lines or by bytes
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> amain() {
    http::ClientResponse response = co_await asyncio::fetch("https://httpbin.test/stream/2");
    http::Content& content = response.content();
    std::println("begins with {}", co_await content.readexactly(1));
    std::println("a line of JSON: {}", (co_await content.readline()).ends_with("}\n"));
    std::println("and another: {}", (co_await content.readline()).ends_with("}\n"));
    std::println("then {} bytes, at the end: {}", (co_await content.read()).size(), content.at_eof());
}

int main() { asyncio::run(amain()); }
