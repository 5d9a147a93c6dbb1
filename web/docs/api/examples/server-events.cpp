// Server-sent events: a countdown that a page could follow
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace web = asyncio::web;
using namespace std::chrono_literals;

asyncio::Coro<> count_down(web::EventStream events) {
    for (int i = 3; i > 0; --i) {
        const web::ServerSentEvent event = {.data = std::to_string(i), .id = std::to_string(i)};
        co_await events.send(event);
        co_await asyncio::sleep(10ms);
    }
    co_await events.send({.data = "lift-off", .event = "end"});
}

asyncio::Coro<web::Response> handle(web::Request& request) { co_return co_await web::sse_response(request, count_down); }

asyncio::Coro<> amain() {
    web::Application app;
    app.router().add_get("/events", handle);
    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        http::ClientResponse response = co_await client.get("/events");
        std::println("{}", response.headers().get("Content-Type").value_or(""));
        for (;;) {
            const std::string line = co_await response.content().readline();
            if (line.empty()) break;
            if (line != "\n") std::print("{}", line);
        }
    });
}

int main() { asyncio::run(amain()); }
