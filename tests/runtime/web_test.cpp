#include "files_support.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/web.hpp>

#include <chrono>
#include <csignal>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;
using web::Application;
using web::Request;
using web::Response;
using web::TestClient;

Coro<Response> hello(Request&) { co_return Response{.text = "hello"}; }
Coro<Response> echo_body(Request& request) { co_return Response{.text = co_await request.text()}; }
Coro<Response> echo_path(Request& request) { co_return Response{.text = request.path()}; }

Application hello_app() {
    Application app;
    app.router().add_get("/", hello);
    app.router().add_post("/echo", echo_body);
    return app;
}

/// Sends bytes on a connection of its own; what the server sends until it closes.
Coro<std::string> raw(const TestClient& client, std::string bytes, bool ends = false) {
    auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
    writer.write(bytes);
    if (ends) writer.write_eof();
    co_return co_await reader.read();
}

/// The status of the first response.
int status_of(const std::string& response) {
    if (!response.starts_with("HTTP/1.1 ")) return 0;
    return std::stoi(response.substr(9));
}

std::string body_of(const std::string& response) {
    const std::size_t end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
        ++count;
    return count;
}

Coro<std::string> text_of(Coro<http::ClientResponse> request) {
    http::ClientResponse response = co_await std::move(request);
    co_return co_await response.text();
}

Coro<int> status_of(Coro<http::ClientResponse> request) { co_return (co_await std::move(request)).status(); }

// Routes.

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

// The wire.

const std::string get_close = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

struct BadRequest {
    const char* what;
    std::string bytes;
    int status;
};

std::vector<BadRequest> bad_requests() {
    const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
    const std::string chunked = post + "Transfer-Encoding: chunked\r\n\r\n";
    return {
        {"no version", "GET /\r\nHost: x\r\n\r\n", 400},
        {"an unknown version", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
        {"a lower-case version", "GET / http/1.1\r\nHost: x\r\n\r\n", 400},
        {"a longer version", "GET / HTTP/1.10\r\nHost: x\r\n\r\n", 400},
        {"an empty method", " / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"an invalid method", "G{T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a TLS handshake", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 15), 400},
        {"a path without a slash", "GET x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a path with a space", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a path beyond ASCII", "GET /\xC3\xA9 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a path with a fragment", "GET /#x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a path with a wrong code", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"CONNECT", "CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"a bare LF", "GET / HTTP/1.1\nHost: x\r\n\r\n", 400},
        {"a bare LF behind a header", "GET / HTTP/1.1\r\nHost: x\n\r\n", 400},
        {"a bare LF at the end", "GET / HTTP/1.1\r\nHost: x\r\n\n", 400},
        {"a bare CR", "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n", 400},
        {"a CR before CR LF", "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n", 400},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n", 400},
        {"an invalid Host", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400},
        {"a folded header", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400},
        {"a header that begins with a space", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
        {"a space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400},
        {"no colon", "GET / HTTP/1.1\r\nHost: x\r\nabc\r\n\r\n", 400},
        {"an empty name", "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n", 400},
        {"an invalid name", "GET / HTTP/1.1\r\nHost: x\r\nA(B: y\r\n\r\n", 400},
        {"a name beyond ASCII", "GET / HTTP/1.1\r\nHost: x\r\nA\xC3\xA9: y\r\n\r\n", 400},
        {"a NUL in a value", std::string("GET / HTTP/1.1\r\nHost: x\r\nA: y\0z\r\n\r\n", 35), 400},
        {"a control character in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: y\x01z\r\n\r\n", 400},
        {"different Content-Lengths", post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
        {"the same Content-Length twice", post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\na", 400},
        {"a list of Content-Lengths", post + "Content-Length: 1, 1\r\n\r\na", 400},
        {"Content-Length with Transfer-Encoding",
         post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"a negative length", post + "Content-Length: -1\r\n\r\n", 400},
        {"a length with a plus", post + "Content-Length: +1\r\n\r\na", 400},
        {"a hexadecimal length", post + "Content-Length: 0x1\r\n\r\na", 400},
        {"an empty length", post + "Content-Length:\r\n\r\n", 400},
        {"an overlong length", post + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
        {"a length beyond 63 bits", post + "Content-Length: 9223372036854775808\r\n\r\n", 400},
        {"a large length", post + "Content-Length: 9223372036854775807\r\n\r\n", 413},
        {"an unknown coding", post + "Transfer-Encoding: gzip\r\n\r\n", 400},
        {"chunked before another coding", post + "Transfer-Encoding: chunked, gzip\r\n\r\n", 400},
        {"a coding before chunked", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501},
        {"chunked twice", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501},
        {"chunked in HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"an unknown expectation", post + "Expect: more\r\nContent-Length: 1\r\n\r\na", 417},
        {"a chunk size that is no number", chunked + "z\r\n", 400},
        {"an empty chunk size", chunked + "\r\n\r\n", 400},
        {"a negative chunk size", chunked + "-1\r\n", 400},
        {"a chunk size with 0x", chunked + "0x1\r\na\r\n0\r\n\r\n", 400},
        {"a chunk size with a space before it", chunked + " 1\r\na\r\n0\r\n\r\n", 400},
        {"a chunk size with text behind it", chunked + "1 a\r\na\r\n0\r\n\r\n", 400},
        {"an overlong chunk size", chunked + "ffffffffffffffff1\r\n", 400},
        {"an endless chunk size", chunked + std::string(1000, '0') + "\r\n", 400},
        {"a chunk that is longer than its size", chunked + "1\r\nab\r\n0\r\n\r\n", 400},
        {"a chunk that ends with LF", chunked + "1\r\na\n0\r\n\r\n", 400},
        {"a chunk size that ends with LF", chunked + "1\na\r\n0\r\n\r\n", 400},
        {"a malformed trailer", chunked + "0\r\nA B: c\r\n\r\n", 400},
        {"an overlong path", "GET /" + std::string(9000, 'x') + " HTTP/1.1\r\nHost: x\r\n\r\n", 414},
        {"an endless path", "GET /" + std::string(9000, 'x'), 414},
        {"an overlong header", "GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(9000, 'x') + "\r\n\r\n", 431},
        {"an overlong trailer", chunked + "0\r\nA: " + std::string(9000, 'x') + "\r\n\r\n", 431},
    };
}

CO_TEST(WebWire, refuses_what_is_malformed_and_goes_on) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        const Reports reports;
        for (const auto& [what, bytes, status] : bad_requests()) {
            const std::string response = co_await raw(client, bytes);
            EXPECT_EQ(status_of(response), status) << what << "\n" << response;
            EXPECT_EQ(count_of(response, "\r\nDate: "), 1u) << what;
            EXPECT_TRUE(response.contains("\r\nConnection: close\r\n")) << what;
        }
        EXPECT_EQ(reports.messages(), Log{});
        EXPECT_EQ(body_of(co_await raw(client, get_close)), "hello");
    });
}

CO_TEST(WebWire, refuses_a_head_of_too_many_headers) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        std::string head = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 40; ++i) head += std::format("A{}: {}\r\n", i, std::string(1000, 'x'));
        EXPECT_EQ(status_of(co_await raw(client, head + "\r\n")), 431);
        std::string endless = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (int i = 0; i < 20'000; ++i) endless += "A:\r\n";
        EXPECT_EQ(status_of(co_await raw(client, endless)), 431);
        EXPECT_EQ(body_of(co_await raw(client, get_close)), "hello");
    });
}

CO_TEST(WebWire, accepts_what_is_unusual_but_allowed) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        const std::string end = "Connection: close\r\n\r\n";
        const std::string chunked = "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: Chunked\r\n" + end;
        EXPECT_EQ(body_of(co_await raw(client, "\r\n" + get_close)), "hello");
        EXPECT_EQ(body_of(co_await raw(client, "GET http://x/ HTTP/1.1\r\nHost: y\r\n" + end)), "hello");
        EXPECT_EQ(body_of(co_await raw(client, "GET http://x HTTP/1.1\r\nHost: y\r\n" + end)), "hello");
        EXPECT_EQ(body_of(co_await raw(client, "GET / HTTP/1.1\r\nhOsT:x\r\nA:\r\nB: \xC3\xA9\t \r\n" + end)),
                  "hello");
        EXPECT_EQ(body_of(co_await raw(client, chunked + "0\r\n\r\n")), "");
        EXPECT_EQ(body_of(co_await raw(
                      client, chunked + "A;x=\"y\"\r\n0123456789\r\n002 ; z\r\nab\r\n0\r\nT: v\r\n\r\n")),
                  "0123456789ab");
        EXPECT_EQ(status_of(co_await raw(client, "OPTIONS * HTTP/1.1\r\nHost: x\r\n" + end)), 404);
    });
}

CO_TEST(WebWire, a_body_that_breaks_off_is_400) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\n";
        EXPECT_EQ(status_of(co_await raw(client, post + "Content-Length: 5\r\n\r\nabc", true)), 400);
        EXPECT_EQ(status_of(co_await raw(client, post + "Transfer-Encoding: chunked\r\n\r\n5\r\nab", true)),
                  400);
        EXPECT_EQ(
            status_of(co_await raw(client, post + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n", true)),
            400);
        EXPECT_EQ(status_of(co_await raw(client, post, true)), 400);
        EXPECT_EQ(co_await raw(client, "", true), "");
    });
}

CO_TEST(WebWire, a_handler_can_catch_what_is_wrong_with_a_body) {
    Log caught;
    Application app;
    app.router().add_post("/", [&](Request& request) -> Coro<Response> {
        try {
            co_await request.read();
        } catch (const web::HTTPBadRequest& error) {
            caught.push_back(error.text());
        }
        CO_EXPECT_RAISES(co_await request.read(), web::HTTPBadRequest);
        EXPECT_FALSE(web::WebSocketResponse::can_prepare(request));
        web::WebSocketResponse ws;
        CO_EXPECT_RAISES(co_await ws.prepare(request), web::HTTPBadRequest);
        co_return Response{.text = "mended"};
    });
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        const std::string response =
            co_await raw(client, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc", true);
        EXPECT_EQ(body_of(response), "mended");
        EXPECT_TRUE(response.contains("Connection: close"));
        EXPECT_EQ(caught, Log{"the body of the request is shorter than it says"});
    });
}

CO_TEST(WebWire, what_follows_a_body_is_the_next_request) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        const std::string post = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
        const std::string both = co_await raw(client, post + "abc" + get_close);
        EXPECT_EQ(count_of(both, "HTTP/1.1 200 OK\r\n"), 2u);
        EXPECT_TRUE(both.contains("\r\n\r\nabcHTTP/1.1"));
        EXPECT_TRUE(both.ends_with("\r\n\r\nhello"));
        const std::string longer = co_await raw(client, post + "abcdef\r\n\r\n");
        EXPECT_EQ(count_of(longer, "HTTP/1.1 200 OK\r\n"), 1u);
        EXPECT_EQ(count_of(longer, "HTTP/1.1 400 Bad Request\r\n"), 1u);
    });
}

CO_TEST(WebWire, a_request_may_arrive_byte_by_byte) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
        for (const char byte : "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                               "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n" +
                                   std::string()) {
            writer.write({&byte, 1});
            co_await turns(3);
        }
        EXPECT_EQ(body_of(co_await reader.read()), "abc");
    });
}

CO_TEST(WebWire, a_connection_is_kept_as_its_client_asks) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
        for (int i = 0; i < 3; ++i) {
            writer.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
            EXPECT_FALSE((co_await reader.readuntil("\r\n\r\n")).contains("Connection:"));
            EXPECT_EQ(co_await reader.readexactly(5), "hello");
        }
        const double before = get_running_loop().time();
        EXPECT_EQ(co_await reader.read(), "");
        EXPECT_EQ(get_running_loop().time() - before, 75);

        const std::string old = co_await raw(client, "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n");
        EXPECT_EQ(count_of(old, "HTTP/1.1 200 OK"), 1u);
        const std::string kept =
            co_await raw(client, "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET / HTTP/1.0\r\n\r\n");
        EXPECT_EQ(count_of(kept, "HTTP/1.1 200 OK"), 2u);
        EXPECT_EQ(count_of(kept, "Connection: keep-alive"), 1u);
    });
}

CO_TEST(WebWire, a_slow_head_or_body_is_408) {
    TestClient made(hello_app(), {.header_timeout = 5, .body_timeout = 7});
    co_await async_with(made, [](TestClient& client) -> Coro<> {
        const double before = get_running_loop().time();
        const auto drip = [&]() -> Coro<std::string> {
            auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
            const auto drops = create_task([](StreamWriter out) -> Coro<> {
                for (const char byte : std::string("GET / HTTP/1.1\r\nHost: x\r\nA: b\r\nC: d\r\n")) {
                    out.write({&byte, 1});
                    co_await sleep(1);
                }
            }(writer));
            std::string response = co_await reader.read();
            drops.cancel();
            co_return response;
        };
        EXPECT_EQ(status_of(co_await drip()), 408);
        EXPECT_LE(get_running_loop().time() - before, 5 + 3);
        EXPECT_EQ(
            status_of(co_await raw(client, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\na")),
            408);
        EXPECT_EQ(body_of(co_await raw(client, get_close)), "hello");
    });
}

/// Sends a request and reads nothing; seconds until the server has given the connection up.
Coro<double> seconds_of_a_client_that_does_not_read(const TestClient& client, std::string request) {
    auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
    const double before = get_running_loop().time();
    writer.write(request);
    while (client.runner().connections() > 0) co_await sleep(1);
    co_return get_running_loop().time() - before;
}

CO_TEST(WebWire, a_client_that_does_not_read_is_given_up) {
    Log raised;
    Application app;
    app.router().add_get("/stream", [&](Request& request) -> Coro<Response> {
        web::StreamResponse response;
        co_await response.prepare(request);
        try {
            for (;;) co_await response.write(std::string(100'000, 'x'));
        } catch (const ConnectionResetError& error) {
            raised.push_back(error.what());
            throw;
        }
    });
    app.router().add_get("/large", [](Request&) -> Coro<Response> {
        co_return Response{.text = std::string(2'000'000, 'x')};
    });
    // The transport takes all of it, and has more than a client that is not there takes.
    app.router().add_get("/fits", [](Request&) -> Coro<Response> {
        co_return Response{.text = std::string(520 * 1024, 'x')};
    });
    TestClient made(app, {.keepalive_timeout = 5, .write_timeout = 20});
    co_await async_with(made, [&](TestClient& client) -> Coro<> {
        const Reports reports;
        const auto patience = [&](const char* path) {
            return seconds_of_a_client_that_does_not_read(
                client, std::format("GET {} HTTP/1.1\r\nHost: x\r\n\r\n", path));
        };
        EXPECT_NEAR(co_await patience("/stream"), 20, 3);
        EXPECT_EQ(raised, Log{"the client took no data for 20 s"});
        EXPECT_NEAR(co_await patience("/large"), 20, 3);
        EXPECT_NEAR(co_await patience("/fits"), 5 + 2 + 20, 3);
        EXPECT_EQ(reports.messages(), Log{});
    });
}

CO_TEST(WebWire, more_connections_than_allowed_are_503) {
    TestClient made(hello_app(), {.max_connections = 2});
    co_await async_with(made, [](TestClient& client) -> Coro<> {
        {
            auto [first, first_writer] = co_await open_connection("127.0.0.1", client.port());
            auto [second, second_writer] = co_await open_connection("127.0.0.1", client.port());
            co_await turns(2);
            const std::string refused = co_await raw(client, get_close);
            EXPECT_EQ(status_of(refused), 503);
            EXPECT_TRUE(refused.contains("Connection: close"));
            first_writer.write(get_close);
            EXPECT_EQ(body_of(co_await first.read()), "hello");
        }
        co_await sleep(1);
        EXPECT_EQ(body_of(co_await raw(client, get_close)), "hello");
    });
}

CO_TEST(WebWire, a_client_may_wait_for_100_continue) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
        writer.write("POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n");
        EXPECT_EQ(co_await reader.readuntil("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
        writer.write("abc" + get_close);
        const std::string rest = co_await reader.read();
        EXPECT_TRUE(rest.contains("\r\n\r\nabc"));
        EXPECT_TRUE(rest.ends_with("hello"));
        // A handler that does not read the body does not ask for it, and what follows may be that body.
        const std::string refused = co_await raw(
            client, "POST /none HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
        EXPECT_EQ(status_of(refused), 404);
        EXPECT_TRUE(refused.contains("Connection: close"));
    });
}

CO_TEST(WebWire, a_body_that_no_handler_reads_is_skipped) {
    co_await async_with(TestClient(hello_app()), [](TestClient& client) -> Coro<> {
        const std::string both = co_await raw(
            client, "POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc" + get_close);
        EXPECT_EQ(status_of(both), 404);
        EXPECT_TRUE(both.ends_with("hello"));
        const std::string large =
            co_await raw(client, "POST /none HTTP/1.1\r\nHost: x\r\nContent-Length: 2000000\r\n\r\n" +
                                     std::string(2'000'000, 'x'));
        EXPECT_EQ(status_of(large), 404);
    });
}

// Responses.

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

// Start and end.

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

// WebSockets.

Application socket_app(web::WebSocketOptions options = {}) {
    Application app;
    app.router().add_get("/ws", [options](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws(options);
        co_await ws.prepare(request);
        while (auto message = co_await ws.next()) {
            if (message->data == "close") {
                co_await ws.close(3001, "as you wish");
                EXPECT_FALSE(co_await ws.next());
            } else if (message->binary) {
                co_await ws.send_bytes(message->data);
            } else {
                co_await ws.send_str("you said " + message->data);
            }
        }
        co_return ws;
    });
    return app;
}

CO_TEST(WebSocketServer, talks_with_the_client_of_the_runtime) {
    co_await async_with(
        TestClient(socket_app({.protocols = {"chat", "other"}})), [](TestClient& client) -> Coro<> {
            WebSocket ws = co_await client.ws_connect("/ws", {.subprotocols = {"other", "chat"}});
            EXPECT_EQ(ws.subprotocol(), "chat");
            co_await ws.send("hello");
            EXPECT_EQ((co_await ws.receive()).data, "you said hello");
            for (const std::size_t size : {0u, 125u, 126u, 65535u, 65536u, 300000u}) {
                const std::string bytes(size, '\xFF');
                co_await ws.send_bytes(bytes);
                const websocket::Message echoed = co_await ws.receive();
                EXPECT_TRUE(echoed.binary);
                EXPECT_EQ(echoed.data, bytes);
            }
            co_await ws.send("close");
            CO_EXPECT_RAISES(co_await ws.receive(), websocket::ConnectionClosedError);
            EXPECT_EQ(ws.close_code(), 3001);
            EXPECT_EQ(ws.close_reason(), "as you wish");
        });
}

CO_TEST(WebSocketServer, is_closed_by_the_client_or_by_returning) {
    std::optional<int> code;
    Application app;
    app.router().add_get("/wait", [&](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws;
        co_await ws.prepare(request);
        EXPECT_FALSE(co_await ws.next());
        code = ws.close_code();
        CO_EXPECT_RAISES(co_await ws.send_str("late"), websocket::ConnectionClosedOK);
        co_return ws;
    });
    app.router().add_get("/return", [](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws;
        co_await ws.prepare(request);
        co_await ws.send_json({{"a", 1}});
        CO_EXPECT_RAISES(co_await ws.send_str("\xFF"), ValueError);
        CO_EXPECT_RAISES(co_await ws.close(1005), ValueError);
        co_return ws;
    });
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        WebSocket waiting = co_await client.ws_connect("/wait");
        co_await waiting.close();
        co_await turns(10);
        EXPECT_EQ(code, 1000);
        WebSocket returned = co_await client.ws_connect("/return");
        EXPECT_EQ((co_await returned.receive()).data, R"({"a":1})");
        EXPECT_FALSE(co_await returned.next());
        EXPECT_EQ(returned.close_code(), 1000);
    });
}

CO_TEST(WebSocketServer, refuses_what_is_no_handshake) {
    co_await async_with(TestClient(socket_app()), [](TestClient& client) -> Coro<> {
        EXPECT_EQ(co_await status_of(client.get("/ws")), 400);
        const auto ask = [&](std::string headers) -> Coro<int> {
            co_return status_of(
                co_await raw(client, "GET /ws HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n", true));
        };
        const std::string upgrade = "Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n";
        const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
        EXPECT_EQ(co_await ask(upgrade + key + "Sec-WebSocket-Version: 8\r\n"), 426);
        EXPECT_EQ(co_await ask(upgrade + "Sec-WebSocket-Version: 13\r\n"), 400);
        EXPECT_EQ(co_await ask(upgrade + "Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n"), 400);
        EXPECT_EQ(co_await ask("Upgrade: websocket\r\n" + key + "Sec-WebSocket-Version: 13\r\n"), 400);
        EXPECT_EQ(co_await ask(upgrade + key + "Sec-WebSocket-Version: 13\r\n"), 101);
        CO_EXPECT_RAISES(co_await client.ws_connect("/none"), websocket::ConnectError);
    });
}

const std::string handshake =
    "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";

/// A frame of a client, masked with zeros.
std::string frame(int first, const std::string& payload, bool masked = true) {
    std::string text{static_cast<char>(first), static_cast<char>((masked ? 0x80 : 0) | payload.size())};
    if (masked) text += std::string(4, '\0');
    return text + payload;
}

std::string close_frame(int code, const std::string& reason = "") {
    return frame(0x88, std::string{static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)} + reason);
}

CO_TEST(WebSocketServer, speaks_the_frames_of_the_protocol) {
    co_await async_with(TestClient(socket_app({.max_msg_size = 100})), [](TestClient& client) -> Coro<> {
        const auto talk = [&](std::string frames) -> Coro<std::string> {
            const std::string response = co_await raw(client, handshake + frames);
            EXPECT_TRUE(response.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
            co_return body_of(response);
        };
        const auto closes_with = [&](std::string frames) -> Coro<int> {
            const std::string answer = co_await talk(std::move(frames));
            if (!answer.starts_with('\x88') || answer.size() < 4) co_return 0;
            co_return static_cast<unsigned char>(answer[2]) << 8 | static_cast<unsigned char>(answer[3]);
        };
        const std::string bye = close_frame(1000);
        EXPECT_EQ(co_await talk(bye), "\x88\x02\x03\xE8");
        EXPECT_EQ(co_await talk(frame(0x88, "")), std::string("\x88\x00", 2));
        EXPECT_EQ(co_await talk(frame(0x89, "abc") + bye), "\x8A\x03"
                                                           "abc\x88\x02\x03\xE8");
        EXPECT_EQ(co_await talk(frame(0x8A, "unasked") + bye), "\x88\x02\x03\xE8");
        EXPECT_EQ(co_await talk(frame(0x01, "a") + frame(0x89, "") + frame(0x80, "b") + bye),
                  std::string("\x8A\x00\x81\x0B", 4) + "you said ab\x88\x02\x03\xE8");
        EXPECT_EQ(co_await closes_with(frame(0x81, "x", false)), 1002);
        EXPECT_EQ(co_await closes_with(frame(0xC1, "x")), 1002);
        EXPECT_EQ(co_await closes_with(frame(0x83, "x")), 1002);
        EXPECT_EQ(co_await closes_with(frame(0x8B, "x")), 1002);
        EXPECT_EQ(co_await closes_with(frame(0x09, "x")), 1002);
        EXPECT_EQ(co_await closes_with(frame(0x80, "x")), 1002);
        EXPECT_EQ(co_await closes_with(frame(0x01, "x") + frame(0x81, "x")), 1002);
        EXPECT_EQ(co_await closes_with(frame(0x88, "x")), 1002);
        EXPECT_EQ(co_await closes_with(close_frame(1005)), 1002);
        EXPECT_EQ(co_await closes_with(close_frame(999)), 1002);
        EXPECT_EQ(co_await closes_with(close_frame(1000, "\xFF")), 1007);
        EXPECT_EQ(co_await closes_with(frame(0x81, "\xFF")), 1007);
        EXPECT_EQ(co_await closes_with(frame(0x82, std::string(101, 'x'))), 1009);
        EXPECT_EQ(co_await closes_with(frame(0x02, std::string(60, 'x')) + frame(0x80, std::string(60, 'x'))),
                  1009);
        EXPECT_EQ(co_await closes_with(std::string("\x82\xFE\x00\x01", 4)), 1002);
        EXPECT_EQ(co_await closes_with(std::string("\x82\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10)), 1002);
        EXPECT_EQ(co_await closes_with(std::string("\x82\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10)), 1009);
    });
}

CO_TEST(WebSocketServer, a_connection_that_breaks_raises_in_the_handler) {
    std::string raised;
    Application app;
    app.router().add_get("/ws", [&](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws;
        co_await ws.prepare(request);
        try {
            co_await ws.next();
        } catch (const websocket::ConnectionClosedError& error) {
            raised = error.what();
        }
        co_return ws;
    });
    co_await async_with(TestClient(app), [&](TestClient& client) -> Coro<> {
        const Reports reports;
        EXPECT_EQ(status_of(co_await raw(client, handshake + "\x81", true)), 101);
        EXPECT_EQ(raised, "the connection ended without a close frame (1006)");
        EXPECT_EQ(reports.messages(), Log{});
    });
}

CO_TEST(WebSocketServer, a_client_that_does_not_read_is_given_up) {
    std::optional<int> code;
    Application app;
    app.router().add_get("/ws", [&](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws;
        co_await ws.prepare(request);
        try {
            for (;;) co_await ws.send_str(std::string(100'000, 'x'));
        } catch (const websocket::ConnectionClosedError& error) {
            code = error.code();
        }
        co_return ws;
    });
    TestClient made(app, {.write_timeout = 20});
    co_await async_with(made, [&](TestClient& client) -> Coro<> {
        EXPECT_NEAR(co_await seconds_of_a_client_that_does_not_read(client, handshake), 20, 3);
        EXPECT_EQ(code, 1006);
    });
}

CO_TEST(WebSocketServer, a_heartbeat_ends_a_connection_that_is_silent) {
    co_await async_with(TestClient(socket_app({.heartbeat = 10})), [](TestClient& client) -> Coro<> {
        const double before = get_running_loop().time();
        EXPECT_EQ(body_of(co_await raw(client, handshake)), std::string("\x89\x00", 2));
        EXPECT_EQ(get_running_loop().time() - before, 15);
        auto [reader, writer] = co_await open_connection("127.0.0.1", client.port());
        writer.write(handshake);
        co_await reader.readuntil("\r\n\r\n");
        for (int i = 0; i < 5; ++i) {
            EXPECT_EQ(co_await reader.readexactly(2), std::string("\x89\x00", 2));
            writer.write(frame(0x8A, ""));
        }
        writer.write(close_frame(1000));
        EXPECT_EQ(co_await reader.read(), "\x88\x02\x03\xE8");
    });
}

CO_TEST(WebSocketServer, on_shutdown_can_close_the_open_ones) {
    std::vector<web::WebSocketResponse> open;
    Application app;
    app.router().add_get("/ws", [&](Request& request) -> Coro<Response> {
        web::WebSocketResponse ws;
        co_await ws.prepare(request);
        open.push_back(ws);
        while (co_await ws.next()) {
        }
        co_return ws;
    });
    app.on_shutdown([&]() -> Coro<> {
        for (web::WebSocketResponse& ws : open) co_await ws.close(1001, "server shutdown");
        open.clear();
    });
    TestClient client(app);
    co_await client.start();
    WebSocket ws = co_await client.ws_connect("/ws");
    auto closing = create_task(client.close());
    EXPECT_FALSE(co_await ws.next());
    EXPECT_EQ(ws.close_reason(), "server shutdown");
    const double before = get_running_loop().time();
    co_await closing;
    EXPECT_EQ(get_running_loop().time(), before);
}

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
