#include "support.hpp"

#include <asyncio/detail/error_of.hpp>

#include <deque>

namespace asyncio::test {
namespace {

using namespace std::chrono_literals;
using websocket::CloseInfo;
using websocket::ConnectOptions;
using websocket::Message;

/// A server for tests, as its client's connection sees it.
struct FakeServer {
    std::deque<Message> coming = {};
    std::vector<Message> sent = {};
    std::optional<CloseInfo> end = {};
    std::exception_ptr refused = {};
    double opens_after = 0;
    std::size_t buffered = 0;
    std::size_t arrived = 0;
    bool destroyed = false;
    Event changed;

    void sends(Message message) {
        coming.push_back(std::move(message));
        ++arrived;
        change();
    }
    void ends(CloseInfo info) {
        if (!end) end = std::move(info);
        change();
    }
    void takes_all() {
        buffered = 0;
        change();
    }

private:
    void change() {
        changed.set();
        changed.clear();
    }
};

class FakeConnection final : public websocket::Connection {
public:
    explicit FakeConnection(std::shared_ptr<FakeServer> server) : server_(std::move(server)) {}
    FakeConnection(const FakeConnection&) = delete;
    FakeConnection& operator=(const FakeConnection&) = delete;
    ~FakeConnection() override { server_->destroyed = true; }

    Coro<std::string> opened() override {
        co_await sleep(server_->opens_after);
        if (server_->refused) std::rethrow_exception(server_->refused);
        co_return "chat";
    }
    Coro<std::optional<Message>> receive() override {
        while (server_->coming.empty() && !server_->end) co_await server_->changed.wait();
        if (server_->coming.empty()) co_return std::nullopt;
        Message message = std::move(server_->coming.front());
        server_->coming.pop_front();
        co_return message;
    }
    Coro<> closed() override {
        while (!server_->end) co_await server_->changed.wait();
    }
    Coro<> drained(std::size_t most) override {
        while (!server_->end && server_->buffered > most) co_await server_->changed.wait();
    }
    void send(std::string_view data, bool binary) override {
        server_->sent.push_back({std::string(data), binary});
        server_->buffered += data.size();
    }
    std::size_t buffered() const override { return server_->buffered; }
    std::size_t arrived() const override { return server_->arrived; }
    void fail(int code, const std::string& reason) override { server_->ends({code, reason}); }
    void close(int code, const std::string& reason) override { server_->ends({code, reason}); }
    std::optional<CloseInfo> end() const override { return server_->end; }

private:
    std::shared_ptr<FakeServer> server_;
};

ConnectOptions to(const std::shared_ptr<FakeServer>& server) {
    ConnectOptions options;
    options.open = [server](const websocket::Request&) { return std::make_unique<FakeConnection>(server); };
    return options;
}

Coro<WebSocket> connected(std::shared_ptr<FakeServer> server) {
    return websocket::connect("wss://example.test", to(server));
}

CO_TEST(WebSocket, gives_texts_and_bytes_in_order_until_the_end) {
    auto server = std::make_shared<FakeServer>();
    WebSocket ws = co_await connected(server);
    EXPECT_EQ(ws.subprotocol(), "chat");
    server->sends({"text", false});
    server->sends({std::string("\0\xFF", 2), true});
    server->ends({1001, "going"});
    const Message first = co_await ws.receive();
    EXPECT_EQ(first.data, "text");
    EXPECT_FALSE(first.binary);
    const auto second = co_await ws.next();
    EXPECT_EQ(second->data, std::string("\0\xFF", 2));
    EXPECT_TRUE(second->binary);
    EXPECT_FALSE(co_await ws.next());
    CO_EXPECT_RAISES(co_await ws.receive(), websocket::ConnectionClosedOK);
    CO_EXPECT_RAISES(co_await ws.send("late"), websocket::ConnectionClosedOK);
    EXPECT_EQ(ws.close_code(), 1001);
    EXPECT_EQ(ws.close_reason(), "going");
}

CO_TEST(WebSocket, tells_a_broken_connection_from_a_closed_one) {
    auto server = std::make_shared<FakeServer>();
    WebSocket ws = co_await connected(server);
    server->ends({1006, ""});
    try {
        co_await ws.next();
        ADD_FAILURE() << "nothing raised";
    } catch (const websocket::ConnectionClosedError& error) {
        EXPECT_EQ(error.code(), 1006);
        EXPECT_STREQ(error.what(), "the connection ended without a close frame (1006)");
    }
}

CO_TEST(WebSocket, suspends_a_sender_while_too_much_waits) {
    auto server = std::make_shared<FakeServer>();
    ConnectOptions options = to(server);
    options.write_limit = 10;
    WebSocket ws = co_await websocket::connect("wss://example.test", std::move(options));
    co_await ws.send("0123456789");
    auto sending = create_task(ws.send_bytes("x"));
    co_await turns(3);
    EXPECT_EQ(server->sent.size(), 2u);
    EXPECT_FALSE(sending.done());
    server->takes_all();
    co_await sending;
}

CO_TEST(WebSocket, wakes_a_suspended_sender_with_the_end) {
    auto server = std::make_shared<FakeServer>();
    ConnectOptions options = to(server);
    options.write_limit = 1;
    WebSocket ws = co_await websocket::connect("wss://example.test", std::move(options));
    auto sending = create_task(ws.send("long"));
    co_await turns(3);
    server->ends({1006, ""});
    CO_EXPECT_RAISES(co_await sending, websocket::ConnectionClosedError);
}

CO_TEST(WebSocket, cancelled_in_receive_loses_no_message) {
    auto server = std::make_shared<FakeServer>();
    WebSocket ws = co_await connected(server);
    auto receiving = create_task(ws.receive());
    co_await turns(2);
    receiving.cancel();
    CO_EXPECT_RAISES(co_await receiving, CancelledError);
    server->sends({"kept", false});
    EXPECT_EQ((co_await ws.receive()).data, "kept");
}

CO_TEST(WebSocket, has_one_receiver_at_a_time) {
    auto server = std::make_shared<FakeServer>();
    WebSocket ws = co_await connected(server);
    auto receiving = create_task(ws.receive());
    co_await turns(2);
    CO_EXPECT_RAISES(co_await ws.receive(), RuntimeError);
    server->sends({"one", false});
    EXPECT_EQ((co_await receiving).data, "one");
}

CO_TEST(WebSocket, refuses_what_a_page_cannot_send) {
    auto server = std::make_shared<FakeServer>();
    WebSocket ws = co_await connected(server);
    CO_EXPECT_RAISES(co_await ws.send("a\xFF"), ValueError);
    CO_EXPECT_RAISES(co_await ws.close(1001), ValueError);
    CO_EXPECT_RAISES(co_await ws.close(5000), ValueError);
    CO_EXPECT_RAISES(co_await ws.close(1000, std::string(124, 'x')), ValueError);
    CO_EXPECT_RAISES(co_await ws.close(1000, "\xC3"), ValueError);
    EXPECT_TRUE(server->sent.empty());
    EXPECT_FALSE(ws.close_code());
    co_await ws.close(3000, "enough");
    EXPECT_EQ(server->end->code, 3000);
    EXPECT_EQ(ws.close_reason(), "enough");
}

CO_TEST(WebSocket, refuses_subprotocols_that_are_none) {
    for (std::vector<std::string> names : {std::vector<std::string>{"a b"}, {""}, {"a", "a"}}) {
        auto server = std::make_shared<FakeServer>();
        ConnectOptions options = to(server);
        options.subprotocols = std::move(names);
        Coro<WebSocket> connecting = websocket::connect("wss://example.test", std::move(options));
        const auto error = co_await detail::error_of(std::move(connecting));
        EXPECT_TRUE(describe(error).starts_with("ValueError")) << describe(error);
    }
}

CO_TEST(WebSocket, gives_up_a_handshake_that_takes_too_long) {
    auto server = std::make_shared<FakeServer>();
    server->opens_after = 20;
    try {
        co_await connected(server);
        ADD_FAILURE() << "no timeout";
    } catch (const TimeoutError& error) {
        EXPECT_STREQ(
            error.what(),
            "no WebSocket connection to wss://example.test within 10 s (ConnectOptions::open_timeout)");
    }
    EXPECT_TRUE(server->destroyed);
}

CO_TEST(WebSocket, refuses_times_that_are_negative) {
    auto server = std::make_shared<FakeServer>();
    ConnectOptions options = to(server);
    options.open_timeout = -1;
    CO_EXPECT_RAISES(co_await websocket::connect("wss://example.test", options), ValueError);
    options.open_timeout = 1;
    options.heartbeat = {.interval = 0, .message = ""};
    CO_EXPECT_RAISES(co_await websocket::connect("wss://example.test", options), ValueError);
    options.heartbeat = {.interval = 1, .message = "", .timeout = -1};
    CO_EXPECT_RAISES(co_await websocket::connect("wss://example.test", options), ValueError);
    EXPECT_FALSE(server->destroyed);
}

CO_TEST(WebSocket, raises_what_the_handshake_fails_with) {
    auto server = std::make_shared<FakeServer>();
    server->refused = std::make_exception_ptr(websocket::ConnectError("refused"));
    CO_EXPECT_RAISES(co_await connected(server), ConnectionError);
    EXPECT_TRUE(server->destroyed);
}

CO_TEST(WebSocket, ends_with_its_handle_and_wakes_who_receives) {
    auto server = std::make_shared<FakeServer>();
    std::optional<WebSocket> ws = co_await connected(server);
    auto receiving = create_task(ws->next());
    co_await turns(2);
    ws.reset();
    EXPECT_EQ(server->end->code, 1000);
    EXPECT_FALSE(co_await receiving);
    EXPECT_TRUE(server->destroyed);
}

CO_TEST(WebSocket, sends_its_heartbeat_until_it_is_let_go) {
    auto server = std::make_shared<FakeServer>();
    {
        ConnectOptions options = to(server);
        options.heartbeat = {.interval = 5s, .message = "alive?"};
        WebSocket ws = co_await websocket::connect("wss://example.test", std::move(options));
        co_await sleep(11s);
        EXPECT_EQ(server->sent.size(), 2u);
        EXPECT_EQ(server->sent.at(0).data, "alive?");
    }
    co_await sleep(20s);
    EXPECT_EQ(server->sent.size(), 2u);
    EXPECT_TRUE(server->destroyed);
}

CO_TEST(WebSocket, ends_when_nothing_answers_its_heartbeat) {
    auto server = std::make_shared<FakeServer>();
    ConnectOptions options = to(server);
    options.heartbeat = {.interval = 5s, .message = "ping", .timeout = 8s};
    const double start = get_running_loop().time();
    WebSocket ws = co_await websocket::connect("wss://example.test", std::move(options));
    try {
        co_await ws.receive();
        ADD_FAILURE() << "no error";
    } catch (const websocket::ConnectionClosedError& error) {
        EXPECT_EQ(error.code(), 1011);
        EXPECT_EQ(error.reason(), "the server did not answer a heartbeat within 8 s");
    }
    EXPECT_DOUBLE_EQ(get_running_loop().time() - start, 5 + 8);
    EXPECT_EQ(server->sent.size(), 2u);
}

CO_TEST(WebSocket, goes_on_while_its_heartbeat_is_answered_and_keeps_the_answers_to_itself) {
    auto server = std::make_shared<FakeServer>();
    ConnectOptions options = to(server);
    options.heartbeat = {.interval = 5s, .message = "ping", .answer = "pong", .timeout = 2s};
    WebSocket ws = co_await websocket::connect("wss://example.test", std::move(options));
    auto receiving = create_task(ws.receive());
    for (int i = 0; i < 4; ++i) {
        co_await sleep(6s - (i == 0 ? 0s : 1s));
        server->sends({"pong", false});
    }
    EXPECT_FALSE(receiving.done());
    server->sends({"pong", true});
    EXPECT_TRUE((co_await receiving).binary);
    CO_EXPECT_RAISES(co_await ws.receive(), websocket::ConnectionClosedError);
    EXPECT_EQ(server->sent.size(), 5u);
}

CO_TEST(WebSocketStream, reads_and_writes_bytes_over_messages) {
    auto server = std::make_shared<FakeServer>();
    {
        auto [reader, writer] = co_await open_websocket_connection("wss://example.test", to(server));
        server->sends({"first li", true});
        server->sends({"ne\nsecond", true});
        EXPECT_EQ(co_await reader.readline(), "first line\n");
        writer.write("out");
        co_await writer.drain();
        EXPECT_EQ(server->sent.at(0).data, "out");
        EXPECT_TRUE(server->sent.at(0).binary);
        CO_EXPECT_RAISES(writer.write_eof(), RuntimeError);
        EXPECT_EQ(writer.get_extra_info("peername"), "wss://example.test");
        server->ends({1000, ""});
        EXPECT_EQ(co_await reader.read(), "second");
        EXPECT_TRUE(reader.at_eof());
        co_await writer.wait_closed();
    }
    co_await turns(3);
    EXPECT_TRUE(server->destroyed);
}

CO_TEST(WebSocketStream, raises_what_the_connection_broke_with) {
    auto server = std::make_shared<FakeServer>();
    auto [reader, writer] = co_await open_websocket_connection("wss://example.test", to(server));
    server->ends({1011, "fault"});
    CO_EXPECT_RAISES(co_await reader.read(), websocket::ConnectionClosedError);
    CO_EXPECT_RAISES(co_await writer.wait_closed(), websocket::ConnectionClosedError);
}

CO_TEST(WebSocketStream, holds_a_writer_back_and_takes_no_more_than_its_limit) {
    auto server = std::make_shared<FakeServer>();
    ConnectOptions options = to(server);
    options.write_limit = 4;
    auto [reader, writer] = co_await open_websocket_connection("wss://example.test", std::move(options), 2);
    writer.write("12345");
    auto draining = create_task(writer.drain());
    for (int i = 0; i < 10; ++i) server->sends({"ab", true});
    co_await turns(30);
    EXPECT_FALSE(draining.done());
    EXPECT_GE(server->coming.size(), 6u);
    server->takes_all();
    co_await draining;
    EXPECT_EQ(co_await reader.readexactly(20), "abababababababababab");
    writer.close();
    co_await writer.wait_closed();
}

} // namespace
} // namespace asyncio::test
