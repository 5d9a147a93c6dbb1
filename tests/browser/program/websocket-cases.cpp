// Programs that talk to the tests' WebSocket server; arguments: a case, the server's URL, and that of a
// port where no server listens.

#include <asyncio.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <print>
#include <string>
#include <vector>

using namespace asyncio;
using namespace std::chrono_literals;
using websocket::ConnectOptions;
using websocket::Message;

namespace {

std::string base;
std::string nobody;

Coro<WebSocket> to(const std::string& path, ConnectOptions options = {}) {
    return websocket::connect(base + path, std::move(options));
}

std::string all_bytes(std::size_t count) {
    std::string bytes(count, '\0');
    for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<char>(i * 31);
    return bytes;
}

Coro<> messages() {
    WebSocket ws = co_await to("/echo");
    co_await ws.send("grüße, 世界");
    co_await ws.send("");
    co_await ws.send_bytes(all_bytes(256));
    const Message text = co_await ws.receive();
    std::println("{} {}", text.binary ? "bytes" : "text", text.data);
    const Message empty = co_await ws.receive();
    std::println("{} [{}]", empty.binary ? "bytes" : "text", empty.data);
    const Message bytes = co_await ws.receive();
    std::println("{} {}", bytes.binary ? "bytes" : "text", bytes.data == all_bytes(256));
    co_await ws.close();
    std::println("closed with {}", *ws.close_code());
}

Coro<> large() {
    WebSocket ws = co_await to("/echo", {.max_size = 32'000'000});
    std::string text;
    while (text.size() < 8'000'000) text += "grüße, 世界 ";
    const std::string bytes = all_bytes(24'000'000);
    co_await ws.send(text);
    std::println("text {}", (co_await ws.receive()).data == text);
    co_await ws.send_bytes(bytes);
    std::println("bytes {}", (co_await ws.receive()).data == bytes);
}

Coro<> iteration() {
    WebSocket ws = co_await to("/count/1000");
    int count = 0;
    bool in_order = true;
    while (auto message = co_await ws.next()) in_order = in_order && message->data == std::to_string(count++);
    std::println("{} {} {} {}", count, in_order, *ws.close_code(), *ws.close_reason());
}

Coro<> closes() {
    for (const char* path :
         {"/close/1000?reason=done", "/close/1001", "/close/1011?reason=fault", "/close/4001?reason=over"}) {
        WebSocket ws = co_await to(path);
        try {
            std::println("{}: {}", path, co_await ws.next() ? "a message" : "the end");
        } catch (const websocket::ConnectionClosedError& error) {
            std::println("{}: {}", path, error.what());
        }
        std::println("{} [{}]", *ws.close_code(), *ws.close_reason());
    }
    WebSocket ws = co_await to("/echo/closes");
    co_await ws.close(4321, "enough");
    std::println("{} [{}]", *ws.close_code(), *ws.close_reason());
    {
        WebSocket left = co_await to("/pong/closes");
    }
    WebSocket receiving = co_await to("/mute/closes");
    auto waiting = create_task(receiving.receive());
    co_await sleep(0);
    co_await receiving.close(3000);
    try {
        co_await waiting;
    } catch (const websocket::ConnectionClosedError& error) {
        std::println("who received: {}", error.what());
    }
}

Coro<> vanishes() {
    WebSocket ws = co_await to("/vanish");
    std::println("{}", (co_await ws.receive()).data);
    try {
        co_await ws.receive();
    } catch (const websocket::ConnectionClosedError& error) {
        std::println("{}: {}", error.code(), error.what());
    }
    try {
        co_await ws.send("anyone?");
    } catch (const websocket::ConnectionClosedError& error) {
        std::println("send: {}", error.code());
    }
}

/// The error of a connection that cannot be made, and whether the loop goes on.
Coro<> attempt(std::string what, Coro<WebSocket> connecting) {
    std::string ended = "connected";
    try {
        co_await std::move(connecting);
    } catch (const websocket::InvalidUrl& error) {
        ended = std::format("InvalidUrl: {}", error.what());
    } catch (const websocket::ConnectError& error) {
        ended = std::format("ConnectError: {}", error.what());
    } catch (const TimeoutError& error) {
        ended = std::format("TimeoutError: {}", error.what());
    } catch (const ValueError& error) {
        ended = std::format("ValueError: {}", error.what());
    }
    WebSocket ws = co_await to("/echo");
    co_await ws.send("on");
    std::println("{}: {}; the loop goes {}", what, ended, (co_await ws.receive()).data);
}

Coro<> connecting() {
    co_await attempt("refused", to("/refuse"));
    co_await attempt("nobody", websocket::connect(nobody));
    co_await attempt("silent", to("/no-handshake", {.open_timeout = 100ms}));
    co_await attempt("negative", to("/echo", {.open_timeout = -1s}));
    co_await attempt("subprotocol", to("/echo", {.subprotocols = {"other"}}));
    co_await attempt("no token", to("/echo", {.subprotocols = {"a b"}}));
    co_await attempt("relative", websocket::connect("/echo"));
    co_await attempt("scheme", websocket::connect("ftp://example.test/"));
    co_await attempt("malformed", websocket::connect("ws://[broken/"));
    WebSocket ws = co_await to("/echo", {.subprotocols = {"other", "chat"}});
    std::println("subprotocol {}", ws.subprotocol());
}

/// How receiving ends, and whether the loop goes on.
Coro<> breaking(std::string what, WebSocket ws) {
    int received = 0;
    std::string ended = "as it should";
    try {
        while (co_await ws.next()) ++received;
    } catch (const websocket::ConnectionClosedError& error) {
        ended = error.what();
    }
    WebSocket again = co_await to("/echo");
    co_await again.send("on");
    std::println("{}: {} messages, {}; the loop goes {}", what, received, ended,
                 (co_await again.receive()).data);
}

Coro<> limits() {
    co_await breaking("too large", co_await to("/large/1048577"));
    WebSocket large = co_await to("/large/1048576");
    std::println("just right: {}", (co_await large.receive()).data.size());
    WebSocket late = co_await to("/count/100", {.max_queue = 10});
    co_await late.wait_closed();
    co_await breaking("too many", std::move(late));
    co_await breaking("invalid UTF-8", co_await to("/invalid-utf8"));
    WebSocket mute = co_await to("/mute");
    try {
        co_await mute.send("a\xFF");
    } catch (const ValueError& error) {
        std::println("sent: {}", error.what());
    }
    try {
        co_await mute.close(1001);
    } catch (const ValueError& error) {
        std::println("code: {}", error.what());
    }
}

Coro<> heartbeat() {
    const websocket::Heartbeat beats{.interval = 20ms, .message = "ping", .answer = "pong", .timeout = 5s};
    WebSocket alive = co_await to("/pong", {.heartbeat = beats});
    auto receiving = create_task(alive.next());
    co_await wait({.timeout = 200ms}, receiving);
    std::println("answered: {}", receiving.done() ? "ended, or given to the program" : "open");
    co_await alive.close();
    co_await wait({}, receiving);
    const websocket::Heartbeat unheard{.interval = 20ms, .message = "ping", .timeout = 100ms};
    co_await breaking("silent", co_await to("/mute/heartbeat", {.heartbeat = unheard}));
}

/// Receives while it is cancelled again and again, with varying numbers of turns in between.
Coro<> cancels() {
    constexpr int count = 300;
    WebSocket ws = co_await to("/echo");
    int received = 0;
    int cancelled = 0;
    bool in_order = true;
    const auto take = [&] -> Coro<> {
        const Message message = co_await ws.receive();
        in_order = in_order && message.data == std::to_string(received++);
    };
    for (int i = 0; i < count; ++i) {
        co_await ws.send(std::to_string(i));
        auto taking = create_task(take());
        for (int turn = 0; turn < i % 7; ++turn) co_await sleep(turn % 2 == 0 ? 0 : 0.001);
        taking.cancel();
        co_await wait({}, taking);
        cancelled += taking.cancelled() ? 1 : 0;
    }
    while (received < count) co_await take();
    std::println("{} received, some before a cancel: {}, in order: {}", received,
                 0 < cancelled && cancelled < count, in_order);
}

Coro<> back_pressure() {
    constexpr int count = 64;
    constexpr std::size_t size = 1'000'000;
    WebSocket ws = co_await to("/sink");
    int sent = 0;
    std::size_t most = 0;
    auto sending = create_task([&] -> Coro<> {
        while (sent < count) {
            co_await ws.send_bytes(std::string(size, 'x'));
            ++sent;
        }
    });
    for (int before = -1; before != sent;) {
        before = sent;
        co_await sleep(300ms);
        most = std::max(most, ws.buffered());
    }
    std::println("held back: {}, with at most {} messages waiting", sent < count, (most + size - 1) / size);
    std::fflush(stdout);
    co_await sending;
    std::println("sent {}", sent);
    co_await ws.close();
}

Coro<> own_net() {
    WebSocket ws = co_await websocket::connect("wss://echo.test");
    co_await ws.send("text");
    co_await ws.send_bytes(all_bytes(1000));
    std::println("{}", (co_await ws.receive()).data);
    const Message bytes = co_await ws.receive();
    std::println("{} {}", bytes.binary, bytes.data == all_bytes(1000));
    co_await ws.close(3000, "enough");
    std::println("{} {}", *ws.close_code(), *ws.close_reason());
    WebSocket limited = co_await websocket::connect("wss://echo.test", {.max_size = 10});
    co_await limited.send("eleven more");
    co_await breaking("too large", std::move(limited));
    co_await attempt("no such host", websocket::connect("wss://nobody.test"));
    auto [reader, writer] = co_await open_websocket_connection("wss://echo.test");
    writer.write("line\n");
    std::print("{}", co_await reader.readline());
}

Coro<> streams() {
    auto [reader, writer] = co_await open_websocket_connection(base + "/echo/stream");
    writer.write("first li");
    writer.write("ne\nsecond line\n");
    std::print("{}", co_await reader.readline());
    std::print("{}", co_await reader.readline());
    const std::string bytes = all_bytes(6'000'000);
    writer.write(bytes);
    auto draining = create_task(writer.drain());
    std::println("{}", co_await reader.readexactly(bytes.size()) == bytes);
    co_await draining;
    writer.close();
    co_await writer.wait_closed();

    auto [numbers, other] = co_await open_websocket_connection(base + "/count/5");
    const std::string all = co_await numbers.read();
    std::println("{} {}", all, numbers.at_eof());
    auto [broken, third] = co_await open_websocket_connection(base + "/close/1011?reason=fault");
    try {
        co_await broken.read();
    } catch (const websocket::ConnectionClosedError& error) {
        std::println("{}", error.what());
    }
}

} // namespace

int main(int, char** argv) {
    const std::map<std::string, std::function<Coro<>()>> cases{
        {"messages", messages}, {"large", large},         {"iteration", iteration},
        {"closes", closes},     {"vanishes", vanishes},   {"connecting", connecting},
        {"limits", limits},     {"heartbeat", heartbeat}, {"cancels", cancels},
        {"own net", own_net},   {"streams", streams},     {"back-pressure", back_pressure},
    };
    base = argv[2];
    nobody = argv[3];
    run(cases.at(argv[1])());
}
