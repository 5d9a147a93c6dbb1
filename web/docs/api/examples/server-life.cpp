// A server from its start to its end
#include <asyncio.hpp>
#include <asyncio/web.hpp>
#include <print>
#include <string>
namespace http = asyncio::http;
namespace web = asyncio::web;
using namespace std::chrono_literals;

asyncio::Coro<web::Response> whoami(web::Request& request) {
    web::Router router = request.app().router();
    co_return web::Response{.text = router.url_for("user", {{"id", request.get<std::string>("user")}}, {{"tab", "all"}})};
}

asyncio::Coro<> amain() {
    const web::Middleware sign_in = [](web::Request& request, web::Handler next) -> asyncio::Coro<web::Response> {
        request["user"] = std::string("ann lee");
        co_return co_await next(request);
    };
    const web::Signal started = [](web::Application& app) -> asyncio::Coro<> {
        app["name"] = std::string("demo");
        std::println("{} starts", app.get<std::string>("name"));
        co_return;
    };
    const web::ApplicationOptions options = {.middlewares = {sign_in}, .client_max_size = 64 * 1024};
    web::Application app(options);
    app.on_startup(started);
    app.on_cleanup([](web::Application& ended) -> asyncio::Coro<> {
        std::println("{} ends", ended.get<std::string>("name"));
        co_return;
    });
    const web::RouteOptions user = {.name = "user"};
    app.router().add_get("/users/{id}", whoami, user);
    app.router().add_get("/", whoami);

    // At any number of addresses, with limits.
    const web::ServerOptions limits = {.header_timeout = 10s, .write_timeout = 20s, .max_connections = 100};
    web::AppRunner runner(app, limits);
    co_await asyncio::async_with(runner, [&]() -> asyncio::Coro<> {
        web::TCPSite site(runner, "127.0.0.1", 0);
        co_await site.start();
        http::ClientSession session({.base_url = "http://127.0.0.1:" + std::to_string(site.port())});
        http::ClientResponse response = co_await session.get("/");
        std::println("{}", co_await response.text());
    });

    // At one, until Stop or a cancel.
    web::Application other;
    const web::RunOptions run_options = {.port = 8000};
    auto serving = asyncio::create_task(web::run_app(other, run_options));
    co_await asyncio::sleep(10ms);
    serving.cancel();
    co_await asyncio::wait({serving});
    std::println("cancelled: {}", serving.cancelled());
}

int main() { asyncio::run(amain()); }
