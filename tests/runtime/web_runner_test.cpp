#include "web_support.hpp"

#include <csignal>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

namespace asyncio::test {
namespace {

CO_TEST(WebRunner, starts_and_ends_an_application_in_order) {
    Log log;
    Application app = hello_app();
    Application below;
    const auto context = [&log](std::string name) {
        return [&log, name](Application&) -> AsyncGenerator<bool> {
            log.push_back("enter " + name);
            co_yield true;
            co_await sleep(1);
            log.push_back("leave " + name);
        };
    };
    const auto logs = [&log](std::string text) {
        return [&log, text](Application&) -> Coro<> {
            log.push_back(text);
            co_return;
        };
    };
    app.on_startup(logs("startup"));
    app.on_startup([&]() -> Coro<> {
        log.push_back("startup 2");
        co_return;
    });
    app.cleanup_ctx(context("a"));
    app.cleanup_ctx(context("b"));
    app.on_shutdown(logs("shutdown"));
    app.on_cleanup(logs("cleanup"));
    below.on_startup(logs("below startup"));
    below.on_cleanup(logs("below cleanup"));
    app.add_subapp("/below", below);
    web::AppRunner runner(app);
    web::TCPSite site(runner, "127.0.0.1", 8080);
    CO_EXPECT_RAISES(co_await site.start(), RuntimeError);
    co_await runner.setup();
    CO_EXPECT_RAISES(co_await runner.setup(), RuntimeError);
    co_await site.start();
    EXPECT_EQ(site.name(), "http://127.0.0.1:8080");
    log.push_back("serving");
    co_await runner.cleanup();
    co_await runner.cleanup();
    EXPECT_EQ(log, (Log{"startup", "startup 2", "enter a", "enter b", "below startup", "serving", "shutdown",
                        "below cleanup", "cleanup", "leave b", "leave a"}));
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", 8080), ConnectionRefusedError);
}

CO_TEST(WebRunner, a_start_that_fails_leaves_what_it_entered) {
    Log log;
    Application app;
    app.cleanup_ctx([&](Application&) -> AsyncGenerator<bool> {
        co_yield true;
        log.push_back("left");
    });
    app.cleanup_ctx([](Application&) -> AsyncGenerator<bool> {
        throw ValueError("no database");
        co_yield true;
    });
    TestClient client(app);
    CO_EXPECT_RAISES(co_await client.start(), ValueError);
    EXPECT_EQ(log, Log{"left"});
    CO_EXPECT_RAISES(co_await client.get("/"), RuntimeError);
}

CO_TEST(WebRunner, an_end_waits_for_handlers_and_cancels_those_that_take_too_long) {
    Log log;
    Application app;
    app.router().add_get("/{seconds}", [&](Request& request) -> Coro<Response> {
        const std::string seconds = request.match_info("seconds");
        try {
            co_await sleep(std::stoi(seconds));
        } catch (const CancelledError&) {
            log.push_back("cancelled " + seconds);
            throw;
        }
        log.push_back("done " + seconds);
        co_return Response{.text = seconds};
    });
    app.on_cleanup([&]() -> Coro<> {
        log.push_back("cleanup");
        co_return;
    });
    TestClient client(app, {.shutdown_timeout = 10});
    co_await client.start();
    const std::uint16_t port = client.port();
    auto [idle, idle_writer] = co_await open_connection("127.0.0.1", port);
    auto quick = create_task(text_of(client.get("/3")));
    auto slow = create_task(text_of(client.get("/30")));
    co_await sleep(1);
    const double before = get_running_loop().time();
    auto closing = create_task(client.close());
    EXPECT_EQ(co_await idle.read(), "");
    EXPECT_EQ(get_running_loop().time(), before);
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", port), ConnectionRefusedError);
    EXPECT_EQ(co_await quick, "3");
    CO_EXPECT_RAISES(co_await slow, http::ClientConnectionError);
    co_await closing;
    EXPECT_EQ(get_running_loop().time() - before, 10);
    EXPECT_EQ(log, (Log{"done 3", "cancelled 30", "cleanup"}));
}

CO_TEST(WebRunner, run_app_serves_until_it_is_cancelled) {
    bool cleaned = false;
    Application app = hello_app();
    app.on_cleanup([&]() -> Coro<> {
        cleaned = true;
        co_return;
    });
    auto running = create_task(web::run_app(app, {.port = 8000, .print = false}));
    co_await sleep(1);
    {
        auto [reader, writer] = co_await open_connection("127.0.0.1", 8000);
        writer.write(get_close);
        EXPECT_EQ(body_of(co_await reader.read()), "hello");
    }
    running.cancel();
    CO_EXPECT_RAISES(co_await running, CancelledError);
    EXPECT_TRUE(cleaned);
    CO_EXPECT_RAISES(co_await open_connection("127.0.0.1", 8000), ConnectionRefusedError);
}

CO_TEST(WebRunner, run_app_raises_if_the_port_is_in_use) {
    Server other =
        co_await start_server([](StreamReader, StreamWriter) -> Coro<> { co_return; }, "127.0.0.1", 8000);
    CO_EXPECT_RAISES(co_await web::run_app(hello_app(), {.port = 8000, .print = false}), OSError);
    other.close();
}

#ifndef __EMSCRIPTEN__ // A page sends no SIGTERM.
FILES_TEST(WebRunner, run_app_returns_at_a_sigterm) {
    auto running = create_task(web::run_app(hello_app(), {.port = 8000, .print = false}));
    co_await sleep(5ms);
    (void)std::raise(SIGTERM);
    co_await running;
}
#endif

// Clients of the runtime, which reach the program's own servers.

Application moving_app() {
    Application app = hello_app();
    app.router().add_get("/moved", [](Request&) -> Coro<Response> {
        throw web::HTTPFound("/there?x=1");
        co_return Response{};
    });
    app.router().add_route("*", "/there", [](Request& request) -> Coro<Response> {
        co_return Response{.text = request.method() + " " + request.raw_path() + " " +
                                   request.content_type() + " " + co_await request.text()};
    });
    app.router().add_post("/again", [](Request&) -> Coro<Response> {
        throw web::HTTPTemporaryRedirect("there");
        co_return Response{};
    });
    app.router().add_post("/see", [](Request&) -> Coro<Response> {
        throw web::HTTPSeeOther("there");
        co_return Response{};
    });
    app.router().add_get("/circle", [](Request&) -> Coro<Response> {
        throw web::HTTPFound("/circle");
        co_return Response{};
    });
    app.router().add_get("/away", [](Request&) -> Coro<Response> {
        throw web::HTTPFound("http://elsewhere.test/");
        co_return Response{};
    });
    return app;
}

Coro<> serving(Application app, std::uint16_t port, std::function<Coro<>()> body) {
    web::AppRunner made(std::move(app));
    co_await async_with(made, [&](web::AppRunner& runner) -> Coro<> {
        co_await web::TCPSite(runner, "127.0.0.1", port).start();
        co_await body();
    });
}

/// What a client raises that has no network but the program's: natively, and in a WebAssembly test, which has no page.
#ifdef __EMSCRIPTEN__
using NoHttp = RuntimeError;
using NoWebSocket = RuntimeError;
#else
using NoHttp = http::ClientConnectionError;
using NoWebSocket = websocket::ConnectError;
#endif

CO_TEST(OwnServers, are_reached_by_a_client_session) {
    http::ClientSession session;
    co_await serving(moving_app(), 8080, [&]() -> Coro<> {
        for (const char* url : {"http://127.0.0.1:8080", "http://localhost:8080/", "HTTP://LocalHost:8080/#x",
                                "http://[::1]:8080?a", "http://0.0.0.0:8080/"})
            EXPECT_EQ(co_await text_of(session.get(url)), "hello") << url;
        EXPECT_EQ(co_await text_of(session.post("http://127.0.0.1:8080/echo", {.data = "abc"})), "abc");
        EXPECT_EQ(co_await text_of(session.get("http://127.0.0.1:8080/there?a b\xC3\xA9")),
                  "GET /there?a%20b%C3%A9 application/octet-stream ");
        CO_EXPECT_RAISES(co_await session.request("GET / HTTP/1.1\r\nA:", "http://127.0.0.1:8080/"),
                         ValueError);
        for (const char* url :
             {"http://127.0.0.1:8081/", "https://127.0.0.1:8080/", "http://127.0.0.1:80800/",
              "http://127.0.0.1.test:8080/", "http://x@127.0.0.1:8080/"})
            CO_EXPECT_RAISES(co_await session.get(url), NoHttp);
    });
    co_await serving(hello_app(), 80, [&]() -> Coro<> {
        EXPECT_EQ(co_await text_of(session.get("http://localhost")), "hello");
    });
    CO_EXPECT_RAISES(co_await session.get("http://localhost"), NoHttp);
}

CO_TEST(OwnServers, redirect_as_others_do) {
    http::ClientSession session({.base_url = "http://127.0.0.1:8080"});
    co_await serving(moving_app(), 8080, [&]() -> Coro<> {
        http::ClientResponse moved = co_await session.get("/moved");
        EXPECT_EQ(moved.url(), "http://127.0.0.1:8080/there?x=1");
        EXPECT_TRUE(moved.redirected());
        EXPECT_EQ(co_await moved.text(), "GET /there?x=1 application/octet-stream ");
        EXPECT_EQ(co_await text_of(session.post("/again", {.json = {1}})),
                  "POST /there application/json [1]");
        EXPECT_EQ(co_await text_of(session.post("/see", {.json = {1}})),
                  "GET /there application/octet-stream ");
        EXPECT_EQ((co_await session.get("/moved", {.allow_redirects = false})).status(), 302);
        CO_EXPECT_RAISES(co_await session.get("/circle"), http::ClientConnectionError);
        CO_EXPECT_RAISES(co_await session.get("/away"), NoHttp);
        const auto pieces = []() -> AsyncGenerator<std::string> { co_yield "abc"; };
        CO_EXPECT_RAISES(co_await session.post("/again", {.stream = pieces()}), http::ClientConnectionError);
        EXPECT_EQ(co_await text_of(session.post("/see", {.stream = pieces()})),
                  "GET /there application/octet-stream ");
    });
}

CO_TEST(OwnServers, are_reached_by_websockets) {
    co_await serving(socket_app(), 8080, []() -> Coro<> {
        WebSocket ws = co_await websocket::connect("ws://localhost:8080/ws");
        co_await ws.send("hello");
        EXPECT_EQ((co_await ws.receive()).data, "you said hello");
        co_await ws.close();
        CO_EXPECT_RAISES(co_await websocket::connect("ws://localhost:8081/ws"), NoWebSocket);
    });
}

} // namespace
} // namespace asyncio::test
