#include "web_support.hpp"

#include <asyncio/detail/finally.hpp>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace asyncio::test {
namespace {

CO_TEST(WebResponse, a_header_cannot_be_injected) {
    Application app;
    app.router().add_get("/", [](Request& request) -> Coro<Response> {
        co_return Response{.headers = {{"X", request.query().get("x", "")}}};
    });
    app.router().add_get("/go", [](Request& request) -> Coro<Response> {
        throw web::HTTPFound(request.query().get("to", ""));
        co_return Response{};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        const Reports reports;
        EXPECT_EQ(co_await status_of(client.get("/?x=a%0D%0AY:b")), 500);
        EXPECT_EQ(co_await status_of(client.get("/go?to=a%0D%0AY:b")), 500);
        EXPECT_EQ(reports.all().size(), 2u);
        http::ClientResponse moved = co_await client.get("/go?to=/there", {.allow_redirects = false});
        EXPECT_EQ(moved.status(), 302);
        EXPECT_EQ(moved.headers().get("location"), "/there");
    });
}

CO_TEST(WebResponse, cookies_are_set_with_their_options) {
    Response response;
    response.set_cookie("id", "7", {.max_age = 60, .secure = true, .httponly = true, .samesite = "Lax"});
    response.del_cookie("old");
    EXPECT_EQ(response.headers.get_all("Set-Cookie"),
              (std::vector<std::string>{"id=7; Max-Age=60; Path=/; Secure; HttpOnly; SameSite=Lax",
                                        "old=; Max-Age=0; Path=/"}));
    CO_EXPECT_RAISES(response.set_cookie("a b", "1"), ValueError);
    CO_EXPECT_RAISES(response.set_cookie("a", "1; Path=/x"), ValueError);
    CO_EXPECT_RAISES(response.set_cookie("a", "1", {.path = "/;x"}), ValueError);
    co_return;
}

CO_TEST(WebResponse, a_stream_is_sent_in_chunks_or_with_its_length) {
    Application app;
    app.router().add_get("/chunks", [](Request& request) -> Coro<web::StreamResponse> {
        web::StreamResponse response({.headers = {{"X", "1"}}, .content_type = "text/plain"});
        co_await response.prepare(request);
        co_await response.write("one ");
        co_await sleep(1);
        co_await response.write("two");
        co_await response.write_eof();
        CO_EXPECT_RAISES(co_await response.write("late"), RuntimeError);
        co_return response;
    });
    app.router().add_get("/length", [](Request& request) -> Coro<Response> {
        web::StreamResponse response({.headers = {{"Content-Length", "3"}}});
        co_await response.prepare(request);
        CO_EXPECT_RAISES(co_await response.write("abcd"), ValueError);
        co_await response.write("abc");
        co_return response;
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get("/chunks")), "one two");
        EXPECT_EQ(co_await text_of(client.get("/length")), "abc");
        const std::string chunks =
            co_await raw(client, "GET /chunks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        EXPECT_EQ(body_of(chunks), "4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n");
        const std::string old =
            co_await raw(client, "GET /chunks HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        EXPECT_EQ(body_of(old), "one two");
        EXPECT_TRUE(old.contains("Connection: close"));
        EXPECT_EQ(
            body_of(co_await raw(client, "HEAD /chunks HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")),
            "");
    });
}

CO_TEST(WebResponse, a_stream_that_fails_does_not_look_complete) {
    Application app;
    app.router().add_get("/short", [](Request& request) -> Coro<Response> {
        web::StreamResponse response({.headers = {{"Content-Length", "9"}}});
        co_await response.prepare(request);
        co_await response.write("abc");
        co_return response;
    });
    app.router().add_get("/throws", [](Request& request) -> Coro<Response> {
        web::StreamResponse response;
        co_await response.prepare(request);
        co_await response.write("abc");
        throw std::runtime_error("no");
    });
    app.router().add_get("/unprepared", [](Request&) -> Coro<Response> { co_return web::StreamResponse(); });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        const Reports reports;
        CO_EXPECT_RAISES(co_await text_of(client.get("/short")), http::ClientPayloadError);
        CO_EXPECT_RAISES(co_await text_of(client.get("/throws")), http::ClientPayloadError);
        EXPECT_EQ(co_await status_of(client.get("/unprepared")), 500);
        EXPECT_EQ(reports.all().size(), 3u);
    });
}

CO_TEST(WebResponse, a_client_that_reads_slowly_holds_up_the_handler) {
    std::size_t written = 0;
    Application app;
    app.router().add_get("/", [&](Request& request) -> Coro<Response> {
        web::StreamResponse response;
        co_await response.prepare(request);
        for (int i = 0; i < 100; ++i) {
            co_await response.write(std::string(32 * 1024, 'x'));
            written += 32 * 1024;
        }
        co_return response;
    });
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.get("/");
        co_await turns(1000);
        EXPECT_LT(written, 1024u * 1024);
        EXPECT_EQ((co_await response.read()).size(), 100u * 32 * 1024);
    });
}

CO_TEST(WebResponse, a_client_that_goes_away_ends_the_handler_quietly) {
    bool ended = false;
    Application app;
    app.router().add_get("/", [&](Request& request) -> Coro<Response> {
        const asyncio::detail::Finally over([&] { ended = true; });
        co_return co_await web::sse_response(request, [](web::EventStream events) -> Coro<> {
            for (;;) {
                co_await events.send("tick");
                co_await sleep(1);
            }
        });
    });
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        const Reports reports;
        {
            http::ClientResponse response = co_await client.get("/");
            EXPECT_EQ(co_await response.content().readline(), "data: tick\n");
        }
        co_await sleep(5);
        EXPECT_TRUE(ended);
        EXPECT_EQ(reports.messages(), Log{});
    });
}

CO_TEST(WebResponse, server_sent_events_are_in_the_format_of_event_source) {
    Application app;
    app.router().add_get("/", [](Request& request) -> Coro<Response> {
        co_return co_await web::sse_response(request, [](web::EventStream events) -> Coro<> {
            co_await events.send("one\ntwo\r\nthree");
            co_await events.send({.data = "x", .event = "named", .id = "7", .retry = 500});
            co_await events.ping();
            CO_EXPECT_RAISES(co_await events.send({.event = "a\nb"}), ValueError);
        });
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.get("/");
        EXPECT_EQ(response.headers().get("content-type"), "text/event-stream");
        EXPECT_EQ(response.headers().get("cache-control"), "no-cache");
        EXPECT_EQ(co_await response.text(), "data: one\ndata: two\ndata: three\n\n"
                                            "id: 7\nevent: named\nretry: 500\ndata: x\n\n:\n\n");
    });
}

// Files.

Application files_app() {
    std::filesystem::create_directories("public/sub");
    write_plainly("public/a.txt", "0123456789");
    write_plainly("public/sub/b c.html", "<p>");
    write_plainly("secret", "secret");
    std::filesystem::create_symlink("../secret", "public/link");
    Application app;
    app.router().add_static("/static", "public");
    app.router().add_get("/one", [](Request&) -> Coro<Response> {
        co_return web::FileResponse("public/a.txt", {.headers = {{"X", "1"}}, .content_type = "text/csv"});
    });
    app.router().add_get("/none",
                         [](Request&) -> Coro<web::FileResponse> { co_return web::FileResponse("none"); });
    return app;
}

FILES_TEST(WebFiles, are_sent_with_their_type_and_size) {
    co_await async_with(TestClient(files_app()), [](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.get("/static/a.txt");
        EXPECT_EQ(response.status(), 200);
        EXPECT_EQ(response.headers().get("content-type"), "text/plain; charset=utf-8");
        EXPECT_EQ(response.content_length(), 10u);
        EXPECT_EQ(co_await response.text(), "0123456789");
        EXPECT_EQ(co_await text_of(client.get("/static/sub/b%20c.html")), "<p>");
        http::ClientResponse head = co_await client.head("/static/a.txt");
        EXPECT_EQ(head.content_length(), 10u);
        http::ClientResponse one = co_await client.get("/one");
        EXPECT_EQ(one.headers().get("x"), "1");
        EXPECT_EQ(one.content_type(), "text/csv");
        EXPECT_EQ(co_await status_of(client.get("/none")), 404);
        EXPECT_EQ(co_await status_of(client.post("/static/a.txt")), 405);
        write_plainly("public/large", std::string(1'000'000, 'x'));
        EXPECT_EQ((co_await text_of(client.get("/static/large"))).size(), 1'000'000u);
    });
}

FILES_TEST(WebFiles, a_path_does_not_leave_the_folder) {
    co_await async_with(TestClient(files_app()), [](TestClient& client) -> Coro<> {
        for (const char* path :
             {"/static/../secret", "/static/..%2fsecret", "/static/%2e%2e/secret", "/static/sub/../../secret",
              "/static/sub/%2E%2E%2F%2E./secret", "/static/..\\secret", "/static/%5c..%5csecret",
              "/static/a.txt%00", "/static/.", "/static/none", "/static/a.txt/x", "/static//../secret"}) {
            const std::string response = co_await raw(
                client, std::format("GET {} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", path));
            EXPECT_EQ(status_of(response), 404) << path;
        }
        EXPECT_EQ(co_await status_of(client.get("/static/link")), 403);
        EXPECT_EQ(co_await status_of(client.get("/static/sub")), 403);
        EXPECT_EQ(co_await status_of(client.get("/static")), 403);
    });
}

FILES_TEST(WebFiles, links_are_followed_if_the_application_wants_it) {
    Application app = files_app();
    app.router().add_static("/linked", "public", {.follow_symlinks = true});
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get("/linked/link")), "secret");
    });
}

FILES_TEST(WebFiles, are_not_sent_again_if_they_are_known) {
    co_await async_with(TestClient(files_app()), [](TestClient& client) -> Coro<> {
        http::ClientResponse first = co_await client.get("/static/a.txt");
        const std::string tag = first.headers().get("etag").value_or("");
        const std::string changed = first.headers().get("last-modified").value_or("");
        http::ClientResponse same =
            co_await client.get("/static/a.txt", {.headers = {{"If-None-Match", "\"x\", " + tag}}});
        EXPECT_EQ(same.status(), 304);
        EXPECT_EQ(co_await same.text(), "");
        const auto since = [&](std::string date) {
            return status_of(client.get("/static/a.txt", {.headers = {{"If-Modified-Since", date}}}));
        };
        EXPECT_EQ(co_await since(changed), 304);
        EXPECT_EQ(co_await since("Sun, 06 Nov 1994 08:49:37 GMT"), 200);
        EXPECT_EQ(co_await since("Sun, 06 Nov 2094 08:49:37 GMT"), 304);
        EXPECT_EQ(co_await since("yesterday"), 200);
        EXPECT_EQ(co_await status_of(client.get("/static/a.txt", {.headers = {{"If-None-Match", "\"x\""}}})),
                  200);
    });
}

FILES_TEST(WebFiles, can_be_asked_for_in_part) {
    co_await async_with(TestClient(files_app()), [](TestClient& client) -> Coro<> {
        const auto part = [&](std::string range) -> Coro<std::string> {
            http::ClientResponse response =
                co_await client.get("/static/a.txt", {.headers = {{"Range", range}}});
            co_return std::format("{} {} {}", response.status(),
                                  response.headers().get("content-range").value_or("-"),
                                  response.status() < 300 ? co_await response.text() : "");
        };
        EXPECT_EQ(co_await part("bytes=2-4"), "206 bytes 2-4/10 234");
        EXPECT_EQ(co_await part("bytes=7-"), "206 bytes 7-9/10 789");
        EXPECT_EQ(co_await part("bytes=-2"), "206 bytes 8-9/10 89");
        EXPECT_EQ(co_await part("bytes=-20"), "206 bytes 0-9/10 0123456789");
        EXPECT_EQ(co_await part("bytes=5-100"), "206 bytes 5-9/10 56789");
        EXPECT_EQ(co_await part("bytes=5-9223372036854775807"), "206 bytes 5-9/10 56789");
        EXPECT_EQ(co_await part("bytes=10-"), "416 bytes */10 ");
        EXPECT_EQ(co_await part("bytes=4-2"), "200 - 0123456789");
        EXPECT_EQ(co_await part("bytes=1-2,4-5"), "200 - 0123456789");
        EXPECT_EQ(co_await part("bytes=x"), "200 - 0123456789");
    });
}

} // namespace
} // namespace asyncio::test
