#include "fake_transport.hpp"

namespace asyncio::test {
namespace {

using http::ClientResponse;
using http::ClientSession;

std::shared_ptr<FakeTransport> serving(FakeTransport::Reply reply = {}) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {std::move(reply)};
    return server;
}

CO_TEST(HttpSession, gives_the_head_and_then_the_body) {
    auto server = serving({.head = {.status = 201,
                                    .reason = "Created",
                                    .headers = {{"content-type", "Text/Plain; charset=utf-8"}}},
                           .pieces = {"one ", "two"}});
    ClientSession session(over(server));
    ClientResponse response = co_await session.get("/path");
    EXPECT_EQ(response.status(), 201);
    EXPECT_EQ(response.reason(), "Created");
    EXPECT_EQ(response.url(), "https://example.test/path");
    EXPECT_EQ(response.content_type(), "text/plain");
    EXPECT_TRUE(response.ok());
    EXPECT_EQ(co_await response.text(), "one two");
    EXPECT_EQ(co_await response.text(), "one two");
}

CO_TEST(HttpSession, makes_every_kind_of_request) {
    auto server = serving();
    ClientSession session(over(server));
    co_await session.get("/");
    co_await session.post("/");
    co_await session.put("/");
    co_await session.patch("/");
    co_await session.del("/");
    co_await session.head("/");
    co_await session.options("/");
    co_await session.request("PROPFIND", "/");
    Log methods;
    for (const http::WireRequest& request : server->requests) methods.push_back(request.method);
    EXPECT_EQ(methods, (Log{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "PROPFIND"}));
}

CO_TEST(HttpSession, adds_parameters_headers_and_body) {
    auto server = serving();
    http::SessionOptions options = over(server);
    options.headers = {{"Accept", "a/b"}, {"X-Mine", "session"}};
    ClientSession session(std::move(options));
    co_await session.post("/search?a=1#here", {.params = {{"q", "two words"}, {"r", "ü&"}},
                                               .headers = {{"x-mine", "request"}},
                                               .json = Json{{"n", 1}}});
    const http::WireRequest& request = server->requests.at(0);
    EXPECT_EQ(request.url, "https://example.test/search?a=1&q=two+words&r=%C3%BC%26#here");
    EXPECT_EQ(
        request.headers,
        (http::HeaderList{{"Accept", "a/b"}, {"x-mine", "request"}, {"Content-Type", "application/json"}}));
    EXPECT_EQ(request.body, R"({"n":1})");
}

CO_TEST(HttpSession, sends_forms_and_pieces) {
    auto server = serving();
    ClientSession session(over(server));
    co_await session.post("/", {.form = http::Fields{{"name", "A B"}}});
    const auto pieces = [] -> AsyncGenerator<std::string> {
        co_yield "first ";
        co_await sleep(1);
        co_yield "second";
    };
    co_await session.post("/", {.stream = pieces()});
    EXPECT_EQ(server->requests.at(0).body, "name=A+B");
    EXPECT_EQ(server->requests.at(0).headers.at(0).second, "application/x-www-form-urlencoded");
    EXPECT_EQ(server->requests.at(1).body, "first second");
}

CO_TEST(HttpSession, sends_a_copy_of_options_again) {
    auto server = serving();
    ClientSession session(over(server));
    const http::RequestOptions options{.headers = {{"X-Try", "1"}}, .json = {{"b", 1}, {"a", 2}}};
    co_await session.post("/", options);
    co_await session.post("/", options);
    EXPECT_EQ(server->requests.at(0).body, R"({"b":1,"a":2})");
    EXPECT_EQ(server->requests.at(1).body, server->requests.at(0).body);
}

CO_TEST(HttpSession, sends_pieces_again_if_a_function_makes_them) {
    auto server = serving();
    ClientSession session(over(server));
    const auto pieces = [] -> AsyncGenerator<std::string> {
        co_yield "a";
        co_yield "b";
    };
    const http::RequestOptions repeatable{.stream = pieces};
    co_await session.post("/", repeatable);
    co_await session.post("/", repeatable);
    EXPECT_EQ(server->requests.at(1).body, "ab");
    const http::RequestOptions once{.stream = pieces()};
    co_await session.post("/", once);
    CO_EXPECT_RAISES(co_await session.post("/", once), RuntimeError);
}

CO_TEST(HttpSession, sends_files_as_multipart) {
    auto server = serving();
    ClientSession session(over(server));
    http::FormData form{{"title", "Grüße"}};
    form.add_field("file", "bytes\r\n", {.filename = "a\"b.txt"});
    co_await session.post("/", {.form = form});
    const http::WireRequest& request = server->requests.at(0);
    const std::string type = request.headers.at(0).second;
    EXPECT_TRUE(type.starts_with("multipart/form-data; boundary=")) << type;
    const std::string mark = "--" + type.substr(type.find('=') + 1);
    EXPECT_EQ(request.body,
              mark + "\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nGrüße\r\n" + mark +
                  "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a%22b.txt\"\r\n"
                  "Content-Type: application/octet-stream\r\n\r\nbytes\r\n\r\n" +
                  mark + "--\r\n");
    CO_EXPECT_RAISES(form.add_field("x", "", {.content_type = "a/b\r\nEvil: 1"}), ValueError);
}

CO_TEST(HttpSession, takes_a_body_in_braces) {
    auto server = serving();
    ClientSession session(over(server));
    co_await session.post("/", {.json = {{"a", 1}, {"b", {1, 2}}}});
    co_await session.post("/", {.json = {1, 2}});
    co_await session.post("/", {.form = {{"a", "1"}, {"b", "2"}}});
    co_await session.post("/", {.json = {}, .form = {}});
    EXPECT_EQ(server->requests.at(0).body, R"({"a":1,"b":[1,2]})");
    EXPECT_EQ(server->requests.at(1).body, "[1,2]");
    EXPECT_EQ(server->requests.at(2).body, "a=1&b=2");
    EXPECT_EQ(server->requests.at(3).body, std::nullopt);
}

AsyncGenerator<std::string> counted(int pieces, int& made) {
    for (made = 0; made < pieces;) {
        ++made;
        co_yield std::to_string(made);
    }
}

CO_TEST(HttpSession, streams_a_body_as_it_is_taken) {
    auto server = serving();
    server->streams = true;
    ClientSession session(over(server));
    int made = 0;
    auto asking = create_task(session.post("/", {.stream = counted(3, made)}));
    co_await sleep(1.5);
    EXPECT_EQ(made, 2);
    EXPECT_EQ(server->pieces_sent, Log{"1"});
    ClientResponse response = co_await asking;
    EXPECT_EQ(response.status(), 200);
    EXPECT_EQ(server->pieces_sent, (Log{"1", "2", "3"}));
    EXPECT_TRUE(server->body_ended);
    EXPECT_TRUE(server->requests.at(0).streamed);
    EXPECT_EQ(server->requests.at(0).body, std::nullopt);
}

CO_TEST(HttpSession, makes_no_more_of_a_body_than_is_wanted) {
    auto server = serving({.head = {.status = 413}});
    server->streams = true;
    server->most_pieces = 1;
    ClientSession session(over(server));
    int made = 0;
    ClientResponse response = co_await session.post("/", {.stream = counted(10, made)});
    EXPECT_EQ(response.status(), 413);
    EXPECT_EQ(made, 2);
}

CO_TEST(HttpSession, ends_the_request_with_what_its_body_raises) {
    auto server = serving();
    server->streams = true;
    ClientSession session(over(server));
    const auto broken = [] -> AsyncGenerator<std::string> {
        co_yield "a";
        throw TimeoutError("the source is slow");
    };
    try {
        co_await session.post("/", {.stream = broken()});
        ADD_FAILURE() << "no error";
    } catch (const TimeoutError& error) {
        EXPECT_STREQ(error.what(), "the source is slow");
    }
    EXPECT_FALSE(server->body_ended);
    EXPECT_EQ(server->open_now, 0);
}

CO_TEST(HttpSession, times_out_and_is_cancelled_while_its_body_is_sent) {
    auto server = serving();
    server->streams = true;
    ClientSession session(over(server));
    int made = 0;
    try {
        co_await session.post("/",
                              {.stream = counted(100, made), .timeout = http::ClientTimeout{.total = 2.5}});
        ADD_FAILURE() << "no timeout";
    } catch (const http::ServerTimeoutError& error) {
        EXPECT_STREQ(
            error.what(),
            "the request body was not accepted by https://example.test within 2.5 s (ClientTimeout::total)");
    }
    EXPECT_EQ(made, 3);
    auto asking = create_task(session.post("/", {.stream = counted(100, made)}));
    co_await sleep(1.5);
    asking.cancel();
    CO_EXPECT_RAISES(co_await asking, CancelledError);
    EXPECT_EQ(made, 2);
    EXPECT_EQ(server->open_now, 0);
}

CO_TEST(HttpSession, says_of_an_exchange_that_takes_no_pieces_what_to_do) {
    struct Mute final : http::Exchange {
        Coro<http::WireResponse> head() override { co_return http::WireResponse{}; }
        Coro<std::optional<std::string>> read() override { co_return std::nullopt; }
    } mute;
    CO_EXPECT_RAISES(co_await mute.write("piece"), RuntimeError);
}

CO_TEST(HttpSession, refuses_two_bodies) {
    ClientSession session(over(serving()));
    CO_EXPECT_RAISES(co_await session.post("/", {.data = "a", .json = Json(1)}), ValueError);
}

CO_TEST(HttpSession, ends_the_request_when_the_task_is_cancelled) {
    auto server = serving({.head_after = 100});
    ClientSession session(over(server));
    auto task = create_task(session.get("/"));
    co_await turns(2);
    EXPECT_EQ(server->open_now, 1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(server->open_now, 0);
}

CO_TEST(HttpSession, ends_the_request_when_the_response_goes) {
    auto server = serving({.pieces = {"never read"}});
    ClientSession session(over(server));
    {
        ClientResponse response = co_await session.get("/");
        EXPECT_EQ(server->open_now, 1);
    }
    EXPECT_EQ(server->open_now, 0);
    EXPECT_EQ(server->pieces_read, 0);
}

CO_TEST(HttpSession, keeps_to_its_limit_and_serves_in_order) {
    auto server = serving({.pieces = {"x"}, .head_after = 1});
    http::SessionOptions options = over(server);
    options.limit = 3;
    ClientSession session(std::move(options));
    Log order;
    const auto ask = [&](int number) -> Coro<> {
        ClientResponse response = co_await session.get(std::format("/{}", number));
        co_await response.read();
        order.push_back(std::to_string(number));
    };
    std::vector<Coro<>> asking;
    for (int i = 0; i < 8; ++i) asking.push_back(ask(i));
    co_await gather(std::move(asking));
    EXPECT_EQ(server->most_open, 3);
    EXPECT_EQ(order, (Log{"0", "1", "2", "3", "4", "5", "6", "7"}));
}

CO_TEST(HttpSession, a_busy_host_does_not_hold_up_the_others) {
    auto server = serving({.head_after = 1});
    http::SessionOptions options = over(server);
    options.limit = 2;
    options.limit_per_host = 1;
    ClientSession session(std::move(options));
    Log order;
    const auto ask = [&](std::string url) -> Coro<> {
        co_await session.get(url);
        order.push_back(url);
    };
    co_await gather(ask("https://a.test/1"), ask("https://a.test/2"), ask("https://b.test/1"));
    EXPECT_EQ(order, (Log{"https://a.test/1", "https://b.test/1", "https://a.test/2"}));
}

CO_TEST(HttpSession, a_waiter_that_is_cancelled_leaves_its_place) {
    auto server = serving({.head_after = 1});
    http::SessionOptions options = over(server);
    options.limit = 1;
    ClientSession session(std::move(options));
    auto first = create_task(session.get("/1"));
    auto second = create_task(session.get("/2"));
    auto third = create_task(session.get("/3"));
    co_await turns(2);
    second.cancel();
    co_await first;
    CO_EXPECT_RAISES(co_await second, CancelledError);
    {
        auto response = co_await std::move(first);
    }
    co_await third;
    EXPECT_EQ(server->requests.size(), 2u);
}

CO_TEST(HttpSession, times_out_over_head_and_body_together) {
    auto server = serving({.pieces = {"a", "b", "c"}, .head_after = 1, .piece_after = 1});
    ClientSession session(over(server));
    const double start = get_running_loop().time();
    ClientResponse response = co_await session.get("/", {.timeout = http::ClientTimeout{.total = 2.5}});
    CO_EXPECT_RAISES(co_await response.read(), http::ServerTimeoutError);
    EXPECT_DOUBLE_EQ(get_running_loop().time() - start, 2.5);
    EXPECT_EQ(server->open_now, 0);
}

CO_TEST(HttpSession, times_out_when_the_server_is_silent) {
    auto server = serving({.pieces = {"a", "b"}, .piece_after = 2});
    ClientSession session(over(server));
    ClientResponse patient = co_await session.get("/", {.timeout = http::ClientTimeout{.read = 3}});
    EXPECT_EQ(co_await patient.read(), "ab");
    ClientResponse impatient = co_await session.get("/", {.timeout = http::ClientTimeout{.read = 1}});
    try {
        co_await impatient.read();
        ADD_FAILURE() << "no timeout";
    } catch (const http::ServerTimeoutError& error) {
        EXPECT_STREQ(error.what(), "no further part of the response body from https://example.test within 1 "
                                   "s (ClientTimeout::read)");
    }
}

CO_TEST(HttpSession, times_out_waiting_for_a_connection) {
    auto server = serving({.head_after = 10});
    http::SessionOptions options = over(server);
    options.limit = 1;
    ClientSession session(std::move(options));
    auto first = create_task(session.get("/"));
    co_await sleep(0);
    try {
        co_await session.get("/", {.timeout = http::ClientTimeout{.connect = 1}});
        ADD_FAILURE() << "no timeout";
    } catch (const http::ServerTimeoutError& error) {
        EXPECT_STREQ(error.what(),
                     "no free connection to https://example.test within 1 s (ClientTimeout::connect)");
    }
    EXPECT_EQ(server->requests.size(), 1u);
    co_await first;
}

CO_TEST(HttpSession, names_the_limit_that_is_reached_first) {
    auto server = serving({.head_after = 10});
    ClientSession session(over(server));
    try {
        co_await session.get("/", {.timeout = http::ClientTimeout{.total = 0.25, .read = 1}});
        ADD_FAILURE() << "no timeout";
    } catch (const http::ServerTimeoutError& error) {
        EXPECT_STREQ(error.what(),
                     "no response from https://example.test within 0.25 s (ClientTimeout::total)");
    }
}

CO_TEST(HttpSession, tells_how_long_the_body_is_if_the_server_does) {
    auto server = serving({.head = {.status = 200, .headers = {{"Content-Length", "1234"}}}});
    ClientSession session(over(server));
    EXPECT_EQ((co_await session.get("/")).content_length(), 1234u);
    for (const http::HeaderList& headers : {http::HeaderList{}, {{"Content-Length", "12x"}}}) {
        server->replies = {{.head = {.status = 200, .headers = headers}}};
        EXPECT_EQ((co_await session.get("/")).content_length(), std::nullopt);
    }
}

CO_TEST(HttpSession, refuses_a_negative_timeout) {
    ClientSession session(over(serving()));
    CO_EXPECT_RAISES(co_await session.get("/", {.timeout = http::ClientTimeout{.total = -1}}), ValueError);
}

CO_TEST(HttpSession, raises_for_a_status_when_told_to) {
    auto server =
        serving({.head = {.status = 404, .reason = "Not Found", .headers = {{"Retry-After", "5"}}}});
    ClientSession session(over(server));
    ClientResponse response = co_await session.get("/x");
    EXPECT_FALSE(response.ok());
    CO_EXPECT_RAISES(response.raise_for_status(), http::ClientResponseError);
    try {
        co_await session.get("/x", {.raise_for_status = true});
        ADD_FAILURE() << "no error";
    } catch (const http::ClientResponseError& error) {
        EXPECT_EQ(error.status(), 404);
        EXPECT_EQ(error.message(), "Not Found");
        EXPECT_EQ(error.url(), "https://example.test/x");
        EXPECT_EQ(error.headers().get("retry-after"), "5");
        EXPECT_STREQ(error.what(), "404 Not Found, url=https://example.test/x");
    }
}

CO_TEST(HttpSession, is_closed_by_a_call_that_may_be_awaited) {
    ClientSession session(over(serving()));
    ClientResponse response = co_await session.get("/x");
    co_await response.release();
    co_await response.close();
    co_await session.close();
    EXPECT_TRUE(session.closed());
    session.close();
}

CO_TEST(HttpSession, is_a_context_manager_and_so_is_a_response) {
    auto server = serving({.pieces = {"text"}});
    ClientSession session(over(server));
    const std::string text =
        co_await async_with(std::move(session), [](ClientSession& open) -> Coro<std::string> {
            co_return co_await async_with(
                co_await open.get("/"),
                [](ClientResponse& response) -> Coro<std::string> { co_return co_await response.text(); });
        });
    EXPECT_EQ(text, "text");
}

CO_TEST(HttpSession, makes_no_request_once_it_is_closed) {
    ClientSession session(over(serving()));
    session.close();
    EXPECT_TRUE(session.closed());
    CO_EXPECT_RAISES(co_await session.get("/"), RuntimeError);
}

CO_TEST(HttpSession, a_response_may_outlive_it) {
    auto server = serving({.pieces = {"late"}});
    std::optional<ClientResponse> response;
    {
        ClientSession session(over(server));
        response.emplace(co_await session.get("/"));
    }
    EXPECT_EQ(co_await response->text(), "late");
}

CO_TEST(HttpSession, a_body_asked_for_outlives_its_response) {
    auto server = serving({.pieces = {"late"}});
    ClientSession session(over(server));
    auto text = (co_await session.get("/")).text();
    EXPECT_EQ(co_await std::move(text), "late");
    EXPECT_EQ(server->open_now, 0);
}

CO_TEST(HttpSession, gives_json_or_says_why_not) {
    auto server = serving({.pieces = {R"({"a": [1, 2)", "]}"}});
    ClientSession session(over(server));
    ClientResponse response = co_await session.get("/");
    EXPECT_EQ((co_await response.json())["a"][1], 2);
    server->replies = {{.pieces = {"<html>"}}};
    ClientResponse page = co_await session.get("/");
    CO_EXPECT_RAISES(co_await page.json(), JsonError);
}

CO_TEST(HttpSession, gives_text_that_is_valid_whatever_came) {
    auto server = serving({.pieces = {"a\xFF", "\xE4\xB8", "\x96\xED\xA0\x80"}});
    ClientSession session(over(server));
    ClientResponse response = co_await session.get("/");
    EXPECT_EQ(co_await response.text(), "a\uFFFD\u4E16\uFFFD\uFFFD\uFFFD");
}

} // namespace
} // namespace asyncio::test
