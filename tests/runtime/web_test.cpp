#include "web_support.hpp"

#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace asyncio::test {
namespace {

CO_TEST(Web, answers_by_method_and_path) {
    Application app = hello_app();
    app.router().add_put("/", [](Request& request) -> Coro<Response> {
        co_return Response{.status = 201, .text = "put " + request.method(), .headers = {{"X-A", "1"}}};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.get("/");
        EXPECT_EQ(response.status(), 200);
        EXPECT_EQ(response.reason(), "OK");
        EXPECT_EQ(response.headers().get("content-type"), "text/plain; charset=utf-8");
        EXPECT_EQ(response.content_length(), 5u);
        EXPECT_TRUE(response.headers().contains("date"));
        EXPECT_EQ(co_await response.text(), "hello");
        http::ClientResponse put = co_await client.put("/");
        EXPECT_EQ(put.status(), 201);
        EXPECT_EQ(put.headers().get("x-a"), "1");
        EXPECT_EQ(co_await put.text(), "put PUT");
        http::ClientResponse head = co_await client.head("/");
        EXPECT_EQ(head.content_length(), 5u);
        EXPECT_EQ(co_await head.text(), "");
    });
}

CO_TEST(Web, variables_of_a_pattern_are_decoded) {
    Application app;
    app.router().add_get("/users/{id}", [](Request& request) -> Coro<Response> {
        co_return Response{.text = request.match_info("id") + "|" + request.path()};
    });
    app.router().add_get(R"(/n/{n:\d{2,3}}/{rest:(a|b)+}-{last})", [](Request& request) -> Coro<Response> {
        std::string text;
        for (const auto& [name, value] : request.match_info()) text += name + "=" + value + ";";
        co_return Response{.text = text};
    });
    app.router().add_get("/caf\xC3\xA9", hello);
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get("/users/Ann%20Lee")), "Ann Lee|/users/Ann Lee");
        EXPECT_EQ(co_await text_of(client.get("/users/a%2Fb")), "a/b|/users/a/b");
        EXPECT_EQ(co_await text_of(client.get("/n/123/aba-x")), "last=x;n=123;rest=aba;");
        EXPECT_EQ(co_await text_of(client.get("/caf%c3%a9")), "hello");
        EXPECT_EQ(co_await status_of(client.get("/n/1/a-x")), 404);
        EXPECT_EQ(co_await status_of(client.get("/users/")), 404);
        EXPECT_EQ(co_await status_of(client.get("/users/a/b")), 404);
    });
}

CO_TEST(Web, an_unknown_path_is_404_and_another_method_405) {
    Application app = hello_app();
    app.router().add_delete("/", hello);
    app.router().add_route("*", "/any", echo_path);
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get("/none")), "404: Not Found");
        http::ClientResponse refused = co_await client.post("/");
        EXPECT_EQ(refused.status(), 405);
        EXPECT_EQ(refused.headers().get("allow"), "DELETE, GET, HEAD");
        EXPECT_EQ(co_await text_of(client.request("PROPFIND", "/any")), "/any");
    });
}

CO_TEST(Web, url_for_gives_the_path_of_a_named_route) {
    Application api;
    api.router().add_get("/users/{id}", hello, {.name = "user"});
    api.router().add_post("/users/{id}", hello, {.name = "user"});
    api.router().add_get(R"(/n/{n:\d+}/{rest:.+}/end)", echo_path, {.name = "both"});
    Application v1;
    v1.add_subapp("/api", api);
    Application app;
    app.router().add_get("/caf\xC3\xA9", hello, {.name = "plain"});
    app.add_subapp("/v 1", v1);
    EXPECT_EQ(app.router().url_for("plain", {}, {{"a", "1 2"}}), "/caf%C3%A9?a=1+2");
    const std::string user = api.router().url_for("user", {{"id", "a/b?c"}});
    EXPECT_EQ(user, "/v%201/api/users/a%2Fb%3Fc");
    const std::string both = api.router().url_for("both", {{"n", "7"}, {"rest", "x/y z"}});
    EXPECT_EQ(both, "/v%201/api/n/7/x/y%20z/end");
    CO_EXPECT_RAISES(app.router().url_for("user"), LookupError);
    CO_EXPECT_RAISES(app.router().url_for(""), LookupError);
    CO_EXPECT_RAISES(api.router().url_for("user"), ValueError);
    CO_EXPECT_RAISES(api.router().url_for("user", {{"id", ""}}), ValueError);
    CO_EXPECT_RAISES(api.router().url_for("user", {{"id", "1"}, {"x", "1"}}), ValueError);
    CO_EXPECT_RAISES(api.router().url_for("both", {{"n", "x"}, {"rest", "y"}}), ValueError);
    CO_EXPECT_RAISES(api.router().add_get("/other", hello, {.name = "user"}), ValueError);
    CO_EXPECT_RAISES(app.add_subapp("/v2", api), RuntimeError);
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get(user)), "hello");
        EXPECT_EQ(co_await text_of(client.get(both)), "/v 1/api/n/7/x/y z/end");
    });
}

CO_TEST(Web, wrong_patterns_and_late_changes_raise) {
    Application app = hello_app();
    for (const char* pattern : {"a", "/{", "/}", "/{}", "/{a b}", "/{a}/{a}", "/{a:(}", "/{1}"})
        CO_EXPECT_RAISES(app.router().add_get(pattern, hello), ValueError);
    CO_EXPECT_RAISES(app.router().add_route("GE T", "/x", hello), ValueError);
    CO_EXPECT_RAISES(app.router().add_get("/", hello), RuntimeError);
    CO_EXPECT_RAISES(app.add_subapp("api", Application()), ValueError);
    co_await async_with(TestClient(app), [&](TestClient&) -> Coro<> {
        CO_EXPECT_RAISES(app.router().add_get("/late", hello), RuntimeError);
        co_return;
    });
}

// Requests.

CO_TEST(Web, a_request_tells_what_was_sent) {
    Application app;
    app.router().add_get("/r", [](Request& request) -> Coro<Response> {
        EXPECT_EQ(request.query().get("a"), "1 2");
        EXPECT_EQ(request.query().get_all("b"), (std::vector<std::string>{"x&y", ""}));
        EXPECT_EQ(request.query().get("c", "none"), "none");
        EXPECT_EQ(request.query_string(), "a=1+2&b=x%26y&b");
        EXPECT_EQ(request.raw_path(), "/r?a=1+2&b=x%26y&b");
        EXPECT_EQ(request.headers().get("x-one"), "1");
        EXPECT_EQ(request.cookies().at("id"), "7");
        EXPECT_EQ(request.cookies().at("theme"), "dark");
        EXPECT_TRUE(request.remote().starts_with("127.0.0.1:"));
        EXPECT_TRUE(request.host().starts_with("127.0.0.1:"));
        EXPECT_EQ(request.version(), "HTTP/1.1");
        EXPECT_FALSE(request.has_body());
        EXPECT_EQ(request.content_type(), "application/octet-stream");
        CO_EXPECT_RAISES(request.match_info("id"), LookupError);
        EXPECT_EQ(co_await request.read(), "");
        co_return Response{};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.get(
            "/r?a=1+2&b=x%26y&b", {.headers = {{"X-One", "1"}, {"Cookie", "id=7; theme=\"dark\"; broken"}}});
        EXPECT_EQ(response.status(), 200);
        EXPECT_EQ(response.content_length(), 0u);
    });
}

CO_TEST(Web, a_body_is_a_text_json_or_a_form) {
    Application app = hello_app();
    app.router().add_post("/json", [](Request& request) -> Coro<Response> {
        const Json json = co_await request.json();
        co_return web::json_response({{"sum", json.at("a").get<int>() + json.at("b").get<int>()}},
                                     {.status = 201});
    });
    app.router().add_post("/form", [](Request& request) -> Coro<Response> {
        const web::Form form = co_await request.post();
        std::string text;
        for (const web::FormField& field : form)
            text += std::format("{}={}[{}{}]", field.name, field.value, field.filename.value_or("-"),
                                field.content_type);
        co_return Response{.text = text};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.post("/echo", {.data = "text \xFF"})), "text \xEF\xBF\xBD");
        http::ClientResponse sum = co_await client.post("/json", {.json = {{"a", 1}, {"b", 2}}});
        EXPECT_EQ(sum.status(), 201);
        EXPECT_EQ(sum.content_type(), "application/json");
        EXPECT_EQ((co_await sum.json())["sum"], 3);
        EXPECT_EQ(co_await status_of(client.post("/json", {.data = "{"})), 400);
        EXPECT_EQ(co_await text_of(client.post("/form", {.form = {{"a", "1 &"}, {"b", "\xC3\xA9"}}})),
                  "a=1 &[-]b=\xC3\xA9[-]");
        http::FormData form;
        form.add_field("note", "two\r\nlines")
            .add_field("file", std::string("\0--x\r\n", 6), {.filename = "a b.bin"});
        EXPECT_EQ(co_await text_of(client.post("/form", {.form = form})),
                  "note=two\r\nlines[-text/plain]file=" + std::string("\0--x\r\n", 6) +
                      "[a b.binapplication/octet-stream]");
    });
}

CO_TEST(Web, a_malformed_multipart_form_is_400) {
    Application app;
    app.router().add_post("/form", [](Request& request) -> Coro<Response> {
        co_return Response{.text = std::to_string((co_await request.post()).size())};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        const auto post = [&](std::string type, std::string body) {
            return status_of(client.post("/form", {.headers = {{"Content-Type", type}}, .data = body}));
        };
        const std::string type = "multipart/form-data; boundary=x";
        const std::string part = "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
        EXPECT_EQ(co_await post(type, part + "--x--\r\n"), 200);
        EXPECT_EQ(co_await post(type, "--x--"), 200);
        EXPECT_EQ(co_await post("multipart/form-data", part + "--x--\r\n"), 400);
        EXPECT_EQ(co_await post(type, part), 400);
        EXPECT_EQ(co_await post(type, "nothing"), 400);
        EXPECT_EQ(co_await post(type, "--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--"), 400);
        EXPECT_EQ(co_await post(type, "--x\r\nno colon\r\n\r\n1\r\n--x--"), 400);
        EXPECT_EQ(co_await post(type, "--x\r\n\r\n1\r\n--x--"), 400);
        EXPECT_EQ(co_await post(type, "--xy\r\n\r\n1\r\n--x--"), 400);
    });
}

CO_TEST(Web, a_body_is_read_as_a_stream) {
    Application app;
    app.router().add_post("/sizes", [](Request& request) -> Coro<Response> {
        EXPECT_EQ(request.content_length(), std::nullopt);
        std::string sizes;
        auto chunks = request.content().iter_chunked(4);
        while (auto chunk = co_await chunks.next()) sizes += std::to_string(chunk->size()) + " ";
        EXPECT_TRUE(request.content().at_eof());
        co_return Response{.text = sizes};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        const auto pieces = []() -> AsyncGenerator<std::string> {
            co_yield "abc";
            co_await sleep(1);
            co_yield "defgh";
            co_yield "ij";
        };
        EXPECT_EQ(co_await text_of(client.post("/sizes", {.stream = pieces()})), "4 4 2 ");
    });
}

CO_TEST(Web, a_body_beyond_client_max_size_is_413) {
    Application app({.client_max_size = 10});
    app.router().add_post("/echo", echo_body);
    app.router().add_post("/stream", [](Request& request) -> Coro<Response> {
        co_return Response{.text = std::to_string((co_await request.content().read()).size())};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.post("/echo", {.data = std::string(10, 'x')})),
                  std::string(10, 'x'));
        EXPECT_EQ(co_await status_of(client.post("/echo", {.data = std::string(11, 'x')})), 413);
        EXPECT_EQ(co_await status_of(client.post("/echo", {.data = std::string(3'000'000, 'x')})), 413);
        const auto pieces = []() -> AsyncGenerator<std::string> {
            for (int i = 0; i < 100; ++i) co_yield std::string(1000, 'x');
        };
        EXPECT_EQ(co_await status_of(client.post("/echo", {.stream = pieces()})), 413);
        EXPECT_EQ(co_await text_of(client.post("/stream", {.data = std::string(3'000'000, 'x')})), "3000000");
    });
}

// Errors and middlewares.

CO_TEST(WebErrors, an_http_exception_is_the_response) {
    Application app;
    app.router().add_get("/gone", [](Request&) -> Coro<Response> {
        throw web::HTTPGone("it was here", {{"X", "1"}});
        co_return Response{};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        http::ClientResponse gone = co_await client.get("/gone");
        EXPECT_EQ(gone.status(), 410);
        EXPECT_EQ(gone.headers().get("x"), "1");
        EXPECT_EQ(co_await gone.text(), "it was here");
    });
    EXPECT_STREQ(web::HTTPNotFound().what(), "Not Found");
    CO_EXPECT_RAISES(web::HTTPException(99), ValueError);
    CO_EXPECT_RAISES(throw web::HTTPNotFound(), web::HTTPClientError);
}

CO_TEST(WebErrors, another_exception_is_500_and_reported) {
    Application app = hello_app();
    app.router().add_get("/bug", [](Request&) -> Coro<Response> {
        co_await sleep(0);
        throw std::runtime_error("secret");
    });
    app.router().add_get("/status", [](Request&) -> Coro<Response> { co_return Response{.status = 1000}; });
    app.router().add_get("/cancelled", [](Request&) -> Coro<Response> {
        auto other = create_task(sleep(1));
        other.cancel();
        co_await other;
        co_return Response{};
    });
    co_await async_with(TestClient(app), [](TestClient& client) -> Coro<> {
        const Reports reports;
        http::ClientResponse bug = co_await client.get("/bug?x");
        EXPECT_EQ(bug.status(), 500);
        EXPECT_EQ(co_await bug.text(), "500: Internal Server Error");
        EXPECT_EQ(reports.only().message, "Unhandled exception in the handler of GET /bug?x");
        EXPECT_EQ(describe(reports.only().exception), "std::runtime_error: secret");
        EXPECT_EQ(co_await status_of(client.get("/status")), 500);
        EXPECT_EQ(co_await status_of(client.get("/cancelled")), 500);
        EXPECT_EQ(reports.all().size(), 3u);
        EXPECT_EQ(co_await text_of(client.get("/")), "hello");
    });
}

CO_TEST(WebErrors, middlewares_stand_before_the_handlers_in_order) {
    Log log;
    const auto logs = [&log](std::string name) {
        return [&log, name](Request& request, web::Handler next) -> Coro<Response> {
            log.push_back(name + " in");
            Response response = co_await next(request);
            log.push_back(std::format("{} out {}", name, response.status));
            response.headers.add("Via", name);
            co_return response;
        };
    };
    const auto pages = [](Request& request, web::Handler next) -> Coro<Response> {
        try {
            request["user"] = std::string("Ann");
            co_return co_await next(request);
        } catch (const web::HTTPNotFound&) {
            co_return Response{.status = 404, .text = "no page", .content_type = "text/html"};
        }
    };
    Application app({.middlewares = {logs("a"), logs("b")}});
    app.add_middleware(pages);
    app.router().add_get("/", [](Request& request) -> Coro<Response> {
        co_return Response{.text = request.get<std::string>("user")};
    });
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        http::ClientResponse response = co_await client.get("/");
        EXPECT_EQ(response.headers().get("via"), "b");
        EXPECT_EQ(co_await response.text(), "Ann");
        EXPECT_EQ(log, (Log{"a in", "b in", "b out 200", "a out 200"}));
        http::ClientResponse missing = co_await client.get("/none");
        EXPECT_EQ(co_await missing.text(), "no page");
        EXPECT_EQ(missing.headers().get("content-type"), "text/html; charset=utf-8");
    });
}

CO_TEST(WebErrors, an_application_can_be_below_another) {
    Application api({.client_max_size = 3});
    api["name"] = std::string("api");
    Log log;
    api.add_middleware([&log](Request& request, web::Handler next) -> Coro<Response> {
        log.push_back("api " + request.path());
        co_return co_await next(request);
    });
    const auto names = [](Request& request) -> Coro<Response> {
        co_return Response{.text = request.app().get<std::string>("name") + request.match_info("x")};
    };
    api.router().add_get("/{x}", names);
    api.router().add_post("/echo", echo_body);
    Application app;
    app["name"] = std::string("app");
    app.router().add_get("/{x}", names);
    app.add_subapp("/api/", api);
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await text_of(client.get("/1")), "app1");
        EXPECT_EQ(co_await text_of(client.get("/api/2")), "api2");
        EXPECT_EQ(co_await status_of(client.get("/api/2/3")), 404);
        EXPECT_EQ(co_await status_of(client.get("/apis/2")), 404);
        EXPECT_EQ(co_await status_of(client.post("/api/echo", {.data = "abcd"})), 413);
        EXPECT_EQ(log, (Log{"api /api/2", "api /api/2/3", "api /api/echo"}));
        CO_EXPECT_RAISES(app.get<int>("name"), ValueError);
        CO_EXPECT_RAISES(app.get<int>("other"), LookupError);
    });
}

} // namespace
} // namespace asyncio::test
