// Programs that send bodies to the tests' servers behind TLS; arguments: a case, the server's URL.

#include <asyncio.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <print>
#include <string>

using namespace asyncio;
using namespace std::chrono_literals;
using http::ClientResponse;
using http::ClientSession;

namespace {

std::string base;

AsyncGenerator<std::string> words() {
    for (const char* word : {"one ", "", "two ", "grüße"}) {
        co_await sleep(1ms);
        co_yield word;
    }
}

AsyncGenerator<std::string> megabytes(int count, int& made) {
    for (made = 0; made < count;) {
        ++made;
        co_yield std::string(1'000'000, 'x');
    }
}

Coro<> pieces() {
    ClientSession session({.base_url = base});
    ClientResponse response = co_await session.post("/collect", {.stream = words()});
    std::println("{} {}", response.status(), co_await response.text());
    ClientResponse empty =
        co_await session.put("/collect", {.stream = [] -> AsyncGenerator<std::string> { co_return; }()});
    std::println("{} {}", empty.status(), co_await empty.text());
}

/// The second piece is made from the server's response to the first.
Coro<> conversation() {
    ClientSession session({.base_url = base});
    const auto body = [&] -> AsyncGenerator<std::string> {
        co_yield "first";
        ClientResponse seen = co_await session.get("/relayed");
        co_yield std::format(", of which the server has seen [{}]", co_await seen.text());
    };
    ClientResponse response = co_await session.post("/relay", {.stream = body()});
    std::println("{}", co_await response.text());
}

Coro<> back_pressure() {
    constexpr int count = 64;
    ClientSession session({.base_url = base});
    int made = 0;
    auto asking = create_task(session.post("/tap", {.stream = megabytes(count, made)}));
    for (int before = -1; before != made;) {
        before = made;
        co_await sleep(300ms);
    }
    std::println("held back: {}", made < count);
    std::fflush(stdout);
    ClientResponse response = co_await asking;
    std::println("{} made, {} bytes came", made, co_await response.text());
}

Coro<> enough() {
    ClientSession session({.base_url = base});
    int made = 0;
    ClientResponse response = co_await session.post("/enough", {.stream = megabytes(64, made)});
    std::println("{} {}, all made: {}", response.status(), co_await response.text(), made == 64);
}

Coro<> errors() {
    ClientSession session({.base_url = base});
    int made = 0;
    try {
        co_await session.post("/vanish", {.stream = megabytes(1000, made)});
    } catch (const http::ClientConnectionError&) {
        std::println("connection, all made: {}", made == 1000);
    }
    try {
        co_await session.post("/redirect", {.stream = words()});
    } catch (const http::ClientConnectionError&) {
        std::println("redirect");
    }
    const auto broken = [] -> AsyncGenerator<std::string> {
        co_yield "a";
        throw ValueError("the source is dry");
    };
    try {
        co_await session.post("/collect", {.stream = broken()});
    } catch (const ValueError& error) {
        std::println("{}", error.what());
    }
    try {
        co_await session.post(
            "/tap", {.stream = megabytes(1000, made), .timeout = http::ClientTimeout{.total = 300ms}});
    } catch (const http::ServerTimeoutError& error) {
        std::println("{}", std::string(error.what()).substr(0, 36));
    }
    try {
        co_await session.get("/collect", {.stream = words()});
    } catch (const ValueError&) {
        std::println("GET has no body");
    }
    ClientResponse after = co_await session.post("/collect", {.data = "whole"});
    std::println("{}", co_await after.text());
}

Coro<> cookies() {
    ClientSession session({.base_url = base, .credentials = "include"});
    ClientResponse set = co_await session.get("/set-cookie");
    std::println("{} {}", co_await set.text(), set.headers().contains("set-cookie"));
    ClientResponse with = co_await session.get("/cookies");
    std::println("include: {}", co_await with.text());
    ClientResponse without = co_await session.get("/cookies", {.credentials = "omit"});
    std::println("omit: {}", co_await without.text());
    try {
        co_await session.get("/cookies", {.headers = {{"Cookie", "taste=sour"}}});
    } catch (const ValueError& error) {
        std::println("{}", error.what());
    }
    try {
        co_await session.get("/cookies", {.credentials = "always"});
    } catch (const ValueError&) {
        std::println("no such credentials");
    }
}

} // namespace

int main(int, char** argv) {
    const std::map<std::string, std::function<Coro<>()>> cases{
        {"pieces", pieces},
        {"conversation", conversation},
        {"back-pressure", back_pressure},
        {"enough", enough},
        {"errors", errors},
        {"cookies", cookies},
    };
    base = argv[2];
    run(cases.at(argv[1])());
}
