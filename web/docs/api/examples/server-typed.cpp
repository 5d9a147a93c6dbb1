// Requests and results as structs
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
#include <vector>
namespace http = asyncio::http;
namespace web = asyncio::web;

struct Period {
    int first;
    int last = 10;
    // What the types of the members cannot say.
    void validate() const {
        if (last < first) throw asyncio::ValueError("last is before first");
    }
};

struct Params {
    std::string room;                    // the route has its name: the path
    std::vector<int> seat = {};          // the query: ?seat=1&seat=2
    web::Header<std::string> user_agent; // User-Agent
    Period period;                       // the body, which has two keys
    web::Body<int> price;
};

asyncio::Coro<Period> book(Params params) {
    std::println("{}: seats {}, {} from {}", params.room, asyncio::repr(params.seat), *params.price, *params.user_agent);
    co_return params.period;
}

// A middleware may answer otherwise where a request does not fit.
asyncio::Coro<web::Response> explain(web::Request& request, web::Handler next) {
    std::string text;
    try {
        co_return co_await next(request);
    } catch (const web::RequestValidationError& error) {
        for (const asyncio::Json& each : error.errors()) text += std::format("{}: {:s}; ", each["loc"], each["msg"]);
    }
    co_return web::Response{.status = 400, .text = text};
}

asyncio::Coro<> print(http::ClientResponse response) {
    std::println("{} {}", response.status(), co_await response.text());
}

asyncio::Coro<> amain() {
    web::Application app({.middlewares = {explain}});
    const web::TypedOptions options = {.status = 201, .summary = "Book", .description = "Books seats.", .tags = {"rooms"}, .deprecated = true};
    const web::TypedHandler handler = web::typed(&book, options);
    app.router().add_post("/rooms/{room}", handler);
    const web::OpenApiInfo info = {.title = "Rooms", .version = "2.0", .description = "Seats"};
    web::add_openapi(app, info, "/api.json");

    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        const asyncio::Json body = {{"period", {{"first", 3}}}, {"price", "20"}};
        co_await print(co_await client.post("/rooms/blue?seat=1&seat=2", {.headers = {{"User-Agent", "me"}}, .json = body}));
        co_await print(co_await client.post("/rooms/blue?seat=x", {.headers = {{"User-Agent", "me"}}, .json = {{"period", {{"first", 30}}}}}));
        std::println("{}", co_await (co_await client.get("/api.json")).json() == co_await (co_await client.get("/api.json")).json());
    });
    std::println("{}", web::openapi(app, info)["info"]);

    // The same without a server.
    const auto period = web::from_json<Period>(asyncio::parse_json(R"({"first": 1})"));
    std::println("{}", web::to_json(std::vector{period}));
    try {
        web::from_json<Period>(asyncio::Json::object());
    } catch (const web::ValidationError& error) {
        std::println("{} {}", error.what(), error.errors());
    }
}

int main() { asyncio::run(amain()); }
