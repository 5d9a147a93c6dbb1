#include "web_support.hpp"

#include <asyncio/websocket/serve.hpp>

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace asyncio::test {
namespace {

using websocket::ServerConnection;

Coro<> echo(ServerConnection& ws) {
    while (auto message = co_await ws.next()) {
        if (message->binary)
            co_await ws.send_bytes(message->data);
        else
            co_await ws.send(message->data);
    }
}

CO_TEST(WebSocketServe, calls_the_handler_for_each_connection) {
    co_await async_with(websocket::serve(echo, "localhost", 8765), [](websocket::Server& server) -> Coro<> {
        EXPECT_TRUE(server.is_serving());
        EXPECT_EQ(server.port(), 8765);
        EXPECT_EQ(server.sockets(), (Log{"localhost:8765"}));
        WebSocket one = co_await websocket::connect("ws://localhost:8765");
        WebSocket two = co_await websocket::connect("ws://127.0.0.1:8765/any/path?x=1");
        co_await one.send("first");
        co_await two.send_bytes("second");
        EXPECT_EQ((co_await one.receive()).data, "first");
        EXPECT_TRUE((co_await two.receive()).binary);
        EXPECT_EQ(server.connections().size(), 2u);
        co_await one.close();
        EXPECT_EQ(server.connections().size(), 1u);
    });
    CO_EXPECT_RAISES(co_await websocket::connect("ws://localhost:8765"), Error);
}

CO_TEST(WebSocketServe, a_connection_tells_what_the_client_asked_for) {
    Log log;
    const auto handler = [&](ServerConnection ws) -> Coro<> {
        log.push_back(std::format("{} {} {} {}", ws.id(), ws.path(), ws.request().query().get("room", "-"),
                                  ws.subprotocol()));
        EXPECT_FALSE(ws.remote_address().empty());
        co_await ws.wait_closed();
        EXPECT_TRUE(ws.closed());
        EXPECT_EQ(ws.close_code(), 1000);
    };
    co_await async_with(
        websocket::serve(handler, "localhost", 8765, {.subprotocols = {"chat"}}), []() -> Coro<> {
            WebSocket one =
                co_await websocket::connect("ws://localhost:8765/a?room=7", {.subprotocols = {"chat"}});
            co_await one.send("dropped");
            co_await one.close();
            co_await websocket::connect("ws://localhost:8765/b%20c");
        });
    EXPECT_EQ(log, (Log{"1 /a 7 chat", "2 /b c - "}));
}

CO_TEST(WebSocketServe, the_end_of_a_handler_closes_with_1000_and_an_error_with_1011) {
    Reports reports;
    const auto handler = [](ServerConnection& ws) -> Coro<> {
        if (ws.path() == "/error") throw std::runtime_error("broken");
        if (ws.path() == "/closed") co_await ws.receive();
        co_return;
    };
    co_await async_with(websocket::serve(handler, "localhost", 8765), [&]() -> Coro<> {
        WebSocket fine = co_await websocket::connect("ws://localhost:8765/");
        EXPECT_FALSE(co_await fine.next());
        EXPECT_EQ(fine.close_code(), 1000);
        WebSocket left = co_await websocket::connect("ws://localhost:8765/closed");
        co_await left.close();
        EXPECT_TRUE(reports.all().empty());
        WebSocket failed = co_await websocket::connect("ws://localhost:8765/error");
        CO_EXPECT_RAISES(co_await failed.receive(), websocket::ConnectionClosedError);
        EXPECT_EQ(failed.close_code(), 1011);
    });
    EXPECT_EQ(reports.messages(), (Log{"Unhandled exception in the handler of the WebSocket /error"}));
}

CO_TEST(WebSocketServe, the_end_of_the_server_closes_its_connections) {
    Log log;
    const auto handler = [&](ServerConnection& ws) -> Coro<> {
        while (co_await ws.next()) {
        }
        log.push_back("left");
    };
    websocket::Server server = co_await websocket::serve(handler, "localhost", 0);
    const std::string url = std::format("ws://localhost:{}", server.port());
    WebSocket ws = co_await websocket::connect(url);
    auto waiting = create_task(server.wait_closed());
    server.close(1012, "restarts");
    EXPECT_FALSE(server.is_serving());
    EXPECT_TRUE(server.sockets().empty());
    CO_EXPECT_RAISES(co_await ws.receive(), websocket::ConnectionClosedError);
    EXPECT_EQ(ws.close_code(), 1012);
    EXPECT_EQ(ws.close_reason(), "restarts");
    co_await waiting;
    EXPECT_EQ(log, (Log{"left"}));
    server.close();
    co_await server.wait_closed();
    CO_EXPECT_RAISES(co_await server.serve_forever(), RuntimeError);
}

CO_TEST(WebSocketServe, a_handler_that_does_not_end_is_cancelled_after_close_timeout) {
    bool cancelled = false;
    const auto handler = [&](ServerConnection&) -> Coro<> {
        try {
            co_await sleep(1000);
        } catch (const CancelledError&) {
            cancelled = true;
            throw;
        }
    };
    const double before = get_running_loop().time();
    WebSocket* kept = nullptr;
    std::optional<WebSocket> ws;
    co_await async_with(websocket::serve(handler, "localhost", 8765, {.close_timeout = 3}), [&]() -> Coro<> {
        ws = co_await websocket::connect("ws://localhost:8765");
        kept = &*ws;
    });
    EXPECT_TRUE(cancelled);
    EXPECT_NE(kept, nullptr);
    EXPECT_LE(get_running_loop().time() - before, 7);
}

CO_TEST(WebSocketServe, a_cancel_of_serve_forever_ends_the_server) {
    std::optional<WebSocket> ws;
    auto running = create_task([&]() -> Coro<> {
        co_await async_with(websocket::serve(echo, "localhost", 8765),
                            [](websocket::Server& server) { return server.serve_forever(); });
    });
    co_await sleep(1);
    ws = co_await websocket::connect("ws://localhost:8765");
    auto reading = create_task([&]() -> Coro<bool> { co_return (co_await ws->next()).has_value(); });
    co_await sleep(1);
    (void)running.cancel();
    CO_EXPECT_RAISES(co_await running, CancelledError);
    EXPECT_FALSE(co_await reading);
    EXPECT_EQ(ws->close_code(), 1001);
}

CO_TEST(WebSocketServe, broadcast_reaches_all_and_skips_those_that_have_left) {
    std::set<ServerConnection> members;
    const auto handler = [&](ServerConnection& ws) -> Coro<> {
        members.insert(ws);
        co_await ws.wait_closed();
    };
    co_await async_with(websocket::serve(handler, "localhost", 8765), [&]() -> Coro<> {
        WebSocket one = co_await websocket::connect("ws://localhost:8765");
        WebSocket two = co_await websocket::connect("ws://localhost:8765");
        WebSocket gone = co_await websocket::connect("ws://localhost:8765");
        co_await gone.close();
        EXPECT_EQ(members.size(), 3u);
        websocket::broadcast(members, "hello");
        EXPECT_EQ((co_await one.receive()).data, "hello");
        EXPECT_EQ((co_await two.receive()).data, "hello");
        CO_EXPECT_RAISES(websocket::broadcast(members, "\xFF"), ValueError);
    });
}

CO_TEST(WebSocketServe, refuses_what_is_no_websocket_and_other_origins) {
    co_await async_with(
        websocket::serve(echo, "127.0.0.1", 8765, {.origins = {"https://here.test"}}), [&]() -> Coro<> {
            http::ClientSession session;
            const std::string url = "http://127.0.0.1:8765/";
            EXPECT_EQ((co_await session.get(url)).status(), 403);
            EXPECT_EQ((co_await session.get(url, {.headers = {{"Origin", "https://here.test"}}})).status(),
                      400);
            CO_EXPECT_RAISES(co_await websocket::connect("ws://127.0.0.1:8765"), Error);
        });
    CO_EXPECT_RAISES(co_await websocket::serve(echo, "127.0.0.1", 8765, {.ping_interval = 0}), ValueError);
}

} // namespace
} // namespace asyncio::test
