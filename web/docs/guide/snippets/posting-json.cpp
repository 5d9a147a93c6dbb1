// Posting JSON: what is sent, and what comes back
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> amain() {
    http::ClientSession session({.base_url = "https://httpbin.test", .raise_for_status = true});
    auto response = co_await session.post("/post", {.json = {{"city", "Bonn"}, {"degrees", {19, 21}}}});
    const auto answer = co_await response.json();
    std::println("{} {}", response.status(), response.headers().get("Content-Type").value_or("?"));
    std::println("it got {}", answer["json"]["city"].get<std::string>());

    try {
        co_await session.get("/status/404");
    } catch (const http::ClientResponseError& error) {
        std::println("status {}", error.status());
    }
}

int main() {
    asyncio::run(amain());
}
