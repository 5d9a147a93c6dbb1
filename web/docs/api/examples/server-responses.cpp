// What a handler returns: text, JSON, cookies, streams, files
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <filesystem>
#include <fstream>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace web = asyncio::web;

asyncio::Coro<web::Response> text(web::Request&) {
    web::Response response{.status = 201, .text = "<p>made</p>", .content_type = "text/html"};
    const web::CookieOptions safe = {.max_age = 3600, .secure = true, .httponly = true, .samesite = "Lax"};
    response.set_cookie("session", "17", safe);
    co_return response;
}

asyncio::Coro<web::Response> json(web::Request&) {
    const web::JsonResponseOptions options = {.headers = {{"Cache-Control", "no-store"}}};
    co_return web::json_response({{"id", 1}, {"tags", {"a", "b"}}}, options);
}

// Written piece by piece, so that it is never in memory as a whole.
asyncio::Coro<web::StreamResponse> numbers(web::Request& request) {
    const web::StreamOptions options = {.content_type = "text/plain"};
    web::StreamResponse response(options);
    co_await response.prepare(request);
    for (int i = 0; i < 5; ++i) co_await response.write(std::to_string(i) + "\n");
    co_return response;
}

asyncio::Coro<web::FileResponse> report(web::Request&) {
    const web::FileOptions options = {.content_type = "text/csv"};
    co_return web::FileResponse("public/report.txt", options);
}

asyncio::Coro<> amain() {
    std::filesystem::create_directory("public");
    std::ofstream("public/report.txt") << "0123456789";

    web::Application app;
    app.router().add_get("/text", text);
    app.router().add_get("/json", json);
    app.router().add_get("/numbers", numbers);
    app.router().add_get("/report", report);
    const web::StaticOptions follow = {.follow_symlinks = true};
    app.router().add_static("/static", "public", follow);
    co_await asyncio::async_with(web::TestClient(app), [](web::TestClient& client) -> asyncio::Coro<> {
        for (const char* path : {"/text", "/json", "/numbers", "/report", "/static/report.txt", "/static/../secret"}) {
            http::ClientResponse response = co_await client.get(path, {.headers = {{"Range", "bytes=2-4"}}});
            const auto type = response.headers().get("Content-Type");
            std::println("{} {}: {:?}", response.status(), type.value_or(""), co_await response.text());
        }
        http::ClientResponse response = co_await client.get("/text");
        std::println("{}", response.headers().get("Set-Cookie").value_or(""));
    });
}

int main() { asyncio::run(amain()); }
