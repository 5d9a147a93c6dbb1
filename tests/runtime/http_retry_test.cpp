#include "fake_transport.hpp"

namespace asyncio::test {
namespace {

using http::ClientResponse;
using http::ClientSession;

FakeTransport::Reply status(int code, http::HeaderList headers = {}) {
    return {.head = {.status = code, .headers = std::move(headers)}};
}

CO_TEST(HttpRetry, comes_back_while_the_status_says_so_with_longer_and_longer_pauses) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {status(503), status(429), status(500), status(200)};
    ClientSession session(over(server));
    const double start = get_running_loop().time();
    ClientResponse response =
        co_await http::retry([&] { return session.get("/"); }, {.first_pause = 1, .jitter = 0});
    EXPECT_EQ(response.status(), 200);
    EXPECT_DOUBLE_EQ(get_running_loop().time() - start, 1 + 2 + 4);
}

CO_TEST(HttpRetry, gives_the_last_answer_when_the_attempts_are_used_up) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {status(503)};
    ClientSession session(over(server));
    ClientResponse response = co_await http::retry([&] { return session.get("/"); }, {.attempts = 3});
    EXPECT_EQ(response.status(), 503);
    EXPECT_EQ(server->requests.size(), 3u);
}

CO_TEST(HttpRetry, does_as_the_server_asks) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {status(429, {{"retry-after", "7"}}), status(200)};
    ClientSession session(over(server));
    const double start = get_running_loop().time();
    co_await http::retry([&] { return session.get("/"); });
    EXPECT_DOUBLE_EQ(get_running_loop().time() - start, 7);
}

CO_TEST(HttpRetry, tries_again_where_there_was_no_connection_and_raises_the_last_error) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {{.refused = std::make_exception_ptr(http::ClientConnectionError("no"))}};
    ClientSession session(over(server));
    CO_EXPECT_RAISES(co_await http::retry([&] { return session.get("/"); }, {.attempts = 2}),
                     http::ClientConnectionError);
    EXPECT_EQ(server->requests.size(), 2u);
}

CO_TEST(HttpRetry, does_not_repeat_what_another_attempt_would_not_mend) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {status(404)};
    ClientSession session(over(server));
    ClientResponse response = co_await http::retry([&] { return session.get("/"); });
    EXPECT_EQ(response.status(), 404);
    EXPECT_EQ(server->requests.size(), 1u);
    CO_EXPECT_RAISES(co_await http::retry([&] { return session.get("/", {.raise_for_status = true}); }),
                     http::ClientResponseError);
    EXPECT_EQ(server->requests.size(), 2u);
}

CO_TEST(HttpRetry, tells_of_each_attempt_that_another_follows) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {{.head = {.status = 503, .reason = "Service Unavailable"}},
                       {.refused = std::make_exception_ptr(http::ClientConnectionError("nobody there"))},
                       status(429, {{"retry-after", "7"}}),
                       status(200)};
    ClientSession session(over(server));
    Log told;
    const auto note = [&](const http::FailedAttempt& attempt) {
        told.push_back(
            std::format("{}: {} {}, {} s", attempt.number, attempt.status, attempt.reason, attempt.pause));
    };
    co_await http::retry([&] { return session.get("/"); }, {.first_pause = 1, .jitter = 0, .on_retry = note});
    EXPECT_EQ(told,
              (Log{"1: 503 503 Service Unavailable, 1 s", "2: 0 nobody there, 2 s", "3: 429 429 , 7 s"}));
}

CO_TEST(HttpRetry, ends_with_what_the_one_it_tells_throws) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {status(503)};
    ClientSession session(over(server));
    const auto refuse = [](const http::FailedAttempt&) { throw RuntimeError("enough"); };
    CO_EXPECT_RAISES(co_await http::retry([&] { return session.get("/"); }, {.on_retry = refuse}),
                     RuntimeError);
    EXPECT_EQ(server->requests.size(), 1u);
}

CO_TEST(HttpRetry, ends_when_it_is_cancelled) {
    auto server = std::make_shared<FakeTransport>();
    server->replies = {status(503)};
    ClientSession session(over(server));
    auto task = create_task(http::retry([&] { return session.get("/"); }, {.first_pause = 100}));
    co_await sleep(1);
    task.cancel();
    CO_EXPECT_RAISES(co_await task, CancelledError);
    EXPECT_EQ(server->requests.size(), 1u);
}

} // namespace
} // namespace asyncio::test
