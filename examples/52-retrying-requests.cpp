// Retrying requests: http::retry pauses longer each time, and only where it can help
#include <asyncio.hpp>
#include <print>
using namespace std::chrono_literals;
namespace http = asyncio::http;

const http::RetryOptions patience{.attempts = 4, .first_pause = 20ms};

asyncio::Coro<> amain() {
    http::ClientSession session({.base_url = "https://httpbin.test"});

    // Busy twice, then available. The callable is called again for each attempt.
    std::vector<std::string> answers{"/status/200", "/status/503", "/status/503"};
    auto response = co_await http::retry(
        [&] {
            const std::string path = answers.back();
            answers.pop_back();
            std::println("asking {}", path);
            return session.get(path);
        },
        patience);
    std::println("in the end: {} {}", response.status(), response.reason());

    // A page that does not exist will not exist in a second either.
    int attempts = 0;
    auto missing = co_await http::retry(
        [&] {
            ++attempts;
            return session.get("/status/404");
        },
        patience);
    std::println("{} after {} attempt", missing.status(), attempts);

    // The last response is returned, or the last error raised.
    attempts = 0;
    try {
        co_await http::retry(
            [&] {
                ++attempts;
                return session.get("/status/500", {.raise_for_status = true});
            },
            patience);
    } catch (const http::ClientResponseError& error) {
        std::println("{} after {} attempts", error.status(), attempts);
    }
}

int main() {
    asyncio::run(amain());
}
