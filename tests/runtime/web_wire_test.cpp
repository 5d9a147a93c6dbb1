#include "web_support.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::test {
namespace {

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

} // namespace
} // namespace asyncio::test
