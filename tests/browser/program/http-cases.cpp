// Programs that talk to the tests' server; arguments: a case, the server's URL.

#include <asyncio.hpp>

#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <print>
#include <string>
#include <vector>

using namespace asyncio;
using namespace std::chrono_literals;
using http::ClientResponse;
using http::ClientSession;

namespace {

std::string base;

Coro<> methods() {
    ClientSession session({.base_url = base});
    for (const char* method : {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
        ClientResponse response = co_await session.request(
            method, "/echo?x=1",
            {.headers = {{"X-Mine", "yes"}},
             .data = std::string(method) == "GET" ? std::nullopt : std::optional<std::string>("body")});
        std::println("{}", co_await response.text());
    }
    ClientResponse head = co_await session.head("/echo");
    std::println("HEAD {} [{}]", head.status(), co_await head.text());
}

Coro<> statuses() {
    ClientSession session({.base_url = base});
    for (int status : {200, 204, 304, 404, 418, 500, 503}) {
        ClientResponse response = co_await session.get(std::format("/status/{}", status));
        std::println("{} {} {}", response.status(), response.reason(), response.ok());
    }
    try {
        co_await session.get("/status/404", {.raise_for_status = true});
    } catch (const http::ClientResponseError& error) {
        std::println("{}", error.status());
    }
}

Coro<> redirects() {
    ClientSession session({.base_url = base});
    ClientResponse response = co_await session.get("/redirect/3");
    std::println("{} {} {}", response.status(), response.redirected(), response.url().substr(base.size()));
    try {
        co_await session.get("/redirect/1", {.allow_redirects = false});
    } catch (const http::ClientConnectionError& error) {
        std::println("not followed: {}", std::string(error.what()).contains("redirects, which this request does not allow"));
    }
}

Coro<> bodies() {
    ClientSession session({.base_url = base});
    ClientResponse chunked = co_await session.get("/chunked");
    auto lines = chunked.content().iter_lines();
    while (auto line = co_await lines.next()) std::print("{}", *line);
    std::println("gzip {}", (co_await (co_await session.get("/gzip")).text()).size());
    std::println("utf-8 {}", co_await (co_await session.get("/invalid-utf8")).text());
    ClientResponse json = co_await session.post("/echo", {.json = Json{{"a", {1, 2}}}});
    std::println("{}", (co_await json.json())["type"].get<std::string>());
    try {
        co_await (co_await session.get("/chunked")).json();
    } catch (const JsonError&) {
        std::println("no JSON");
    }
    try {
        co_await (co_await session.get("/deep-json")).json();
    } catch (const JsonError& error) {
        std::println("{}", error.what());
    }
}

Coro<> forms() {
    ClientSession session;
    http::FormData form{{"name", "Grüße & \"more\""}};
    form.add_field("file", std::string("\0\r\n--x", 6), {.filename = "a \"b\".bin"});
    ClientResponse sent = co_await session.post("https://httpbin.test/post", {.form = form});
    const Json answer = co_await sent.json();
    std::println("{} {}", answer["form"], answer["files"]["file"]);
    ClientResponse plain = co_await session.post("https://httpbin.test/post", {.form = {{"a b", "1&2"}}});
    std::println("{}", (co_await plain.json())["form"]);
}

Coro<> errors() {
    ClientSession session({.base_url = base});
    try {
        ClientResponse response = co_await session.get("/cut");
        co_await response.read();
        std::println("whole");
    } catch (const http::ClientPayloadError&) {
        std::println("payload");
    }
    try {
        co_await session.get("/no-cors");
    } catch (const http::ClientConnectionError& error) {
        std::println("cors {}", std::string(error.what()).contains("CORS"));
    }
    try {
        co_await session.get("http://127.0.0.1:1/");
    } catch (const http::ClientConnectionError&) {
        std::println("connection");
    }
    for (const char* url : {"ht!tp://x", "ftp://x/y", "http://", "https://user:pw@x/"}) {
        try {
            co_await fetch(url);
        } catch (const http::InvalidUrl&) {
            std::println("url");
        }
    }
    try {
        co_await session.get("/echo", {.headers = {{"X", "a\nb"}}});
    } catch (const ValueError&) {
        std::println("header");
    }
    try {
        co_await session.get("/slow", {.timeout = http::ClientTimeout{.total = 100ms}});
    } catch (const TimeoutError&) {
        std::println("timeout");
    }
    try {
        co_await session.get("/echo", {.timeout = http::ClientTimeout{.read = -1s}});
    } catch (const ValueError&) {
        std::println("negative timeout");
    }
    for (const char* method : {"TRACE", "GE T"}) {
        try {
            co_await session.request(method, "/echo");
        } catch (const ValueError&) {
            std::println("method");
        }
    }
    ClientResponse after = co_await session.get("/status/200");
    std::println("the loop goes on: {}", after.status());
}

Coro<> cancelled() {
    ClientSession session({.base_url = base});
    auto waiting = create_task(session.get("/slow?head"));
    co_await sleep(150ms);
    waiting.cancel();
    try {
        co_await waiting;
    } catch (const CancelledError&) {
        std::println("cancelled");
    }
    ClientResponse body = co_await session.get("/slow?body");
    auto reading = create_task(body.read());
    co_await sleep(150ms);
    reading.cancel();
    try {
        co_await reading;
    } catch (const CancelledError&) {
        std::println("cancelled");
    }
    body.release();
    co_await sleep(150ms);
}

Coro<> many() {
    ClientSession session({.base_url = base});
    Semaphore slots{50};
    const auto one = [&](int number) -> Coro<int> {
        auto held = co_await slots.scoped();
        ClientResponse response = co_await session.get(std::format("/number/{}", number));
        co_return std::stoi(co_await response.text());
    };
    std::vector<Coro<int>> asking;
    for (int i = 0; i < 1000; ++i) asking.push_back(one(i));
    long sum = 0;
    for (int number : co_await gather(std::move(asking))) sum += number;
    std::println("{}", sum);
}

Coro<> large() {
    ClientSession session({.base_url = base});
    ClientResponse response = co_await session.get("/large");
    std::size_t size = 0;
    auto pieces = response.content().iter_any();
    while (auto piece = co_await pieces.next()) size += piece->size();
    std::println("{} {}", size, __builtin_wasm_memory_size(0) * 64 / 1024);
}

Coro<> own_net() {
    constexpr int count = 10'000;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        ClientResponse response = co_await fetch("https://echo.test/");
        co_await response.read();
    }
    std::println("{}",
                 std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
}

} // namespace

int main(int, char** argv) {
    const std::map<std::string, std::function<Coro<>()>> cases{
        {"methods", methods}, {"statuses", statuses}, {"redirects", redirects}, {"bodies", bodies},
        {"errors", errors},   {"many", many},         {"cancelled", cancelled}, {"large", large},
        {"own net", own_net}, {"forms", forms},
    };
    base = argv[2];
    run(cases.at(argv[1])());
}
