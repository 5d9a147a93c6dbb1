// Headers: names without regard to case, several values, and a password
#include <asyncio.hpp>
#include <print>
namespace http = asyncio::http;

asyncio::Coro<> amain() {
    http::Headers headers{{"Accept", "text/plain"}};
    headers.add("accept", "text/html");
    headers.set("Authorization", http::basic_auth("ada", "lovelace"));
    std::println("{} values of Accept, the first is {}", headers.get_all("ACCEPT").size(),
                 headers.get("Accept").value());
    headers.remove("accept");

    auto response =
        co_await asyncio::fetch("https://httpbin.test/basic-auth/ada/lovelace", {.headers = headers});
    std::println("with the password: {}", response.status());
    auto refused = co_await asyncio::fetch("https://httpbin.test/basic-auth/ada/lovelace");
    std::println("without it: {}", refused.status());
}

int main() { asyncio::run(amain()); }
