// A middleware that limits the rate of each client
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <algorithm>
#include <cmath>
#include <map>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace web = asyncio::web;

// A bucket of tokens: a request takes one, and they come back at a steady rate.
class RateLimit {
public:
    RateLimit(double burst, double per_second) : burst_(burst), per_second_(per_second) {}

    asyncio::Coro<web::Response> operator()(web::Request& request, web::Handler next) {
        const double now = asyncio::get_running_loop().time();
        auto [found, is_new] = buckets_.try_emplace(request.headers().get("X-Key").value_or(""), Bucket{burst_, now});
        Bucket& bucket = found->second;
        bucket.tokens = std::min(burst_, bucket.tokens + (now - bucket.time) * per_second_);
        bucket.time = now;
        if (bucket.tokens < 1) {
            const int seconds = static_cast<int>(std::ceil((1 - bucket.tokens) / per_second_));
            throw web::HTTPTooManyRequests("slow down", {{"Retry-After", std::to_string(seconds)}});
        }
        bucket.tokens -= 1;
        co_return co_await next(request);
    }

private:
    struct Bucket {
        double tokens;
        double time;
    };
    double burst_;
    double per_second_;
    std::map<std::string, Bucket> buckets_;
};

asyncio::Coro<web::Response> hello(web::Request&) { co_return web::Response{.text = "hello"}; }

asyncio::Coro<> ask(web::TestClient& client, std::string key) {
    http::ClientResponse response = co_await client.get("/", {.headers = {{"X-Key", key}}});
    std::println("{}: {} {} {}", key, response.status(), co_await response.text(), response.headers().get("Retry-After").value_or(""));
}

asyncio::Coro<> amain() {
    RateLimit limit(3, 0.5);
    web::Application app;
    app.add_middleware([&](web::Request& request, web::Handler next) { return limit(request, next); });
    app.router().add_get("/", hello);
    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        for (int i = 0; i < 5; ++i) co_await ask(client, "ann");
        co_await ask(client, "bob");
        co_await asyncio::sleep(2.1);
        co_await ask(client, "ann");
        co_await ask(client, "ann");
    });
}

int main() { asyncio::run(amain()); }
