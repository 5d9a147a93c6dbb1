#include "handshake.hpp"

#include <asyncio/detail/utf8.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/task.hpp>
#include <asyncio/websocket/websocket.hpp>

#include <algorithm>
#include <format>
#include <limits>
#include <utility>

namespace asyncio {

using websocket::CloseInfo;
using websocket::Connection;
using websocket::Message;

struct WebSocket::State {
    std::shared_ptr<Connection> connection;
    std::string subprotocol;
    std::size_t write_limit;
    EventLoop& loop;
    std::optional<Task<>> heartbeat = {};
    std::optional<std::string> heartbeat_answer = {};
    bool receiving = false;
};

namespace {

using Shared = std::shared_ptr<WebSocket::State>;

constexpr std::size_t longest_reason = 123;
constexpr int first_own_code = 3000;
constexpr int last_own_code = 4999;

[[noreturn]] void raise(CloseInfo info) {
    if (info.ok()) throw websocket::ConnectionClosedOK(std::move(info));
    throw websocket::ConnectionClosedError(std::move(info));
}

Coro<> send_over(Shared state, std::string data, bool binary) {
    Connection& connection = *state->connection;
    if (auto end = connection.end()) raise(std::move(*end));
    if (!binary && !detail::is_valid_utf8(data))
        throw ValueError("a text message must be UTF-8; send_bytes() sends bytes of any kind");
    connection.send(data, binary);
    if (connection.buffered() <= state->write_limit) co_return;
    co_await connection.drained(state->write_limit / 4);
    if (auto end = connection.end()) raise(std::move(*end));
}

Coro<std::optional<Message>> take(Shared state) {
    if (state->receiving)
        throw RuntimeError(
            "another task is already receiving from this WebSocket: only one can receive at a time");
    struct Turn {
        bool& taken;
        explicit Turn(bool& flag) : taken(flag) { taken = true; }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;
        ~Turn() { taken = false; }
    };
    const Turn turn(state->receiving);
    for (;;) {
        std::optional<Message> message = co_await state->connection->receive();
        if (message && !message->binary && message->data == state->heartbeat_answer) continue;
        co_return message;
    }
}

Coro<Message> receive_from(Shared state) {
    std::optional<Message> message = co_await take(state);
    if (!message) raise(state->connection->end().value_or(CloseInfo{.code = websocket::codes::broken_off}));
    co_return std::move(*message);
}

Coro<std::optional<Message>> next_from(Shared state) {
    try {
        co_return co_await receive_from(state);
    } catch (const websocket::ConnectionClosedOK&) {
        co_return std::nullopt;
    }
}

Coro<> close_and_wait(Shared state, int code, std::string reason) {
    if (code != websocket::codes::normal && (code < first_own_code || code > last_own_code)) {
        throw ValueError(std::format(
            "a page can close a WebSocket with code 1000, or a private code from 3000 to 4999, not {}",
            code));
    }
    if (reason.size() > longest_reason || !detail::is_valid_utf8(reason))
        throw ValueError("the close reason of a WebSocket must be UTF-8 of at most 123 bytes");
    state->connection->close(code, reason);
    co_await state->connection->closed();
}

Coro<> wait_for_end(Shared state) { co_await state->connection->closed(); }

Coro<> beat(std::shared_ptr<Connection> connection, websocket::Heartbeat heartbeat) {
    const EventLoop& loop = get_running_loop();
    constexpr double never = std::numeric_limits<double>::infinity();
    const double patience = heartbeat.timeout ? heartbeat.timeout->seconds() : never;
    double next = loop.time() + heartbeat.interval.seconds();
    // The deadline for a reply, counted from the first heartbeat since the last message.
    double overdue = never;
    std::size_t arrived = 0;
    for (;;) {
        co_await sleep(std::min(next, overdue) - loop.time());
        if (connection->end()) co_return;
        if (connection->arrived() != arrived) overdue = never;
        if (loop.time() >= overdue) {
            connection->fail(websocket::codes::fault,
                             std::format("the server did not answer a heartbeat within {} s", patience));
            co_return;
        }
        if (loop.time() < next) continue;
        if (overdue == never) {
            arrived = connection->arrived();
            overdue = loop.time() + patience;
        }
        connection->send(heartbeat.message, false);
        next = loop.time() + heartbeat.interval.seconds();
    }
}

void let_go(const Shared& state) {
    if (!state) return;
    if (state->heartbeat && detail::is_alive(state->loop) && !state->loop.is_closed())
        state->heartbeat->cancel();
    state->connection->close(websocket::codes::normal, {});
}

} // namespace

WebSocket::~WebSocket() {
    if (state_) let_go(state_.ref());
}

WebSocket& WebSocket::operator=(WebSocket&& other) noexcept {
    if (this == &other) return *this;
    if (state_) let_go(state_.ref());
    state_ = std::move(other.state_);
    return *this;
}

Coro<> WebSocket::send(std::string text) { return send_over(state_, std::move(text), false); }
Coro<> WebSocket::send_bytes(std::string bytes) { return send_over(state_, std::move(bytes), true); }
Coro<Message> WebSocket::receive() { return receive_from(state_); }
Coro<std::optional<Message>> WebSocket::next() { return next_from(state_); }
Coro<> WebSocket::close(int code, std::string reason) {
    return close_and_wait(state_, code, std::move(reason));
}
Coro<> WebSocket::wait_closed() { return wait_for_end(state_); }

const std::string& WebSocket::subprotocol() const { return state_->subprotocol; }
std::size_t WebSocket::buffered() const { return state_->connection->buffered(); }

std::optional<int> WebSocket::close_code() const {
    const std::optional<CloseInfo> end = state_->connection->end();
    return end ? std::optional(end->code) : std::nullopt;
}
std::optional<std::string> WebSocket::close_reason() const {
    const std::optional<CloseInfo> end = state_->connection->end();
    return end ? std::optional(end->reason) : std::nullopt;
}

namespace websocket {

Coro<WebSocket> connect(std::string url, ConnectOptions options) {
    if (options.heartbeat && !detail::is_valid_utf8(options.heartbeat->message))
        throw ValueError("a heartbeat message must be UTF-8");
    Opened opened = co_await handshake(std::move(url), options);
    auto state = std::make_shared<WebSocket::State>(opened.connection, std::move(opened.subprotocol),
                                                    options.write_limit, get_running_loop());
    if (options.heartbeat) {
        state->heartbeat_answer = options.heartbeat->answer;
        state->heartbeat = create_task(beat(state->connection, std::move(*options.heartbeat)));
    }
    co_return WebSocket(std::move(state));
}

} // namespace websocket
} // namespace asyncio
