// Errors of HTTP: no such address, nobody there, an answer that says no
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> read(std::string url) {
    try {
        auto response = co_await asyncio::fetch(url);
        response.raise_for_status();
        std::println("{} bytes", (co_await response.read()).size());
    } catch (const http::InvalidUrl& error) {
        std::println("no address: {}", error.url());
    } catch (const http::ClientConnectionError&) {
        std::println("nobody answers");
    } catch (const http::ClientResponseError& error) {
        std::println("the answer is {}", error.status());
    } catch (const http::ClientPayloadError&) {
        std::println("the body broke off");
    }
}

asyncio::Coro<> amain() {
    co_await read("http://[not an address");
    co_await read("https://nobody.test/");
    co_await read("https://httpbin.test/status/503");
    co_await read("https://httpbin.test/bytes/100");
}

int main() { asyncio::run(amain()); }
