// Fetch with more to say, and again when it fails
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> amain() {
    const asyncio::FetchInit put{
        .method = "PUT", .headers = {{"Content-Type", "text/plain"}}, .body = "words"};
    http::ClientResponse answer = co_await asyncio::fetch("https://httpbin.test/put", put);
    std::println("{}", (co_await answer.json())["data"].get<std::string>());

    auto response = co_await http::retry(
        [] { return asyncio::fetch("https://httpbin.test/status/503"); },
        {.attempts = 3, .first_pause = 0.01, .on_retry = [](const http::FailedAttempt& failed) {
             std::println("attempt {}: {}", failed.number, failed.status);
         }});
    std::println("in the end: {}", response.status());
}

int main() { asyncio::run(amain()); }
