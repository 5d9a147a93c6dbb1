#include "web_support.hpp"

#include <string>
#include <vector>

namespace asyncio::test {
namespace {

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

} // namespace
} // namespace asyncio::test
