#include "frames.hpp"
#include "request_state.hpp"
#include "status.hpp"
#include "text.hpp"

#include <asyncio/detail/utf8.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/task.hpp>
#include <asyncio/web/error.hpp>
#include <asyncio/web/websocket.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::web {

struct WebSocketResponse::State final : detail::BodySource {
    explicit State(WebSocketOptions wanted) : options(std::move(wanted)) {
        if (options.heartbeat && !(options.heartbeat->seconds() > 0))
            throw ValueError("the heartbeat of a WebSocket must be more than 0 seconds");
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() override {
        if (heartbeat && asyncio::detail::is_alive(loop) && !loop.is_closed()) (void)heartbeat->cancel();
    }

    Coro<> finish(std::shared_ptr<detail::Exchange> expected, const Response&) override {
        if (!socket || exchange != expected)
            throw RuntimeError(
                "a WebSocketResponse was returned without prepare(): await it with the request first");
        if (!socket->end()) {
            socket->close(websocket::codes::normal, "");
            co_await socket->wait_closed(options.close_timeout);
        }
    }

    WebSocketOptions options;
    std::shared_ptr<detail::Exchange> exchange;
    std::shared_ptr<detail::FrameSocket> socket;
    std::string protocol;
    EventLoop& loop = get_running_loop();
    std::optional<Task<>> heartbeat;
};

namespace {

using Socket = std::shared_ptr<detail::FrameSocket>;
constexpr std::size_t longest_close_reason = 123;

/// Raises HTTPBadRequest or HTTPUpgradeRequired unless the request asks for a WebSocket.
void require_handshake(const Request& request) {
    const http::Headers& headers = request.headers();
    if (request.method() != "GET" || request.version() != "HTTP/1.1" || request.has_body() ||
        !detail::has_item(headers, "Upgrade", "websocket") ||
        !detail::has_item(headers, "Connection", "upgrade"))
        throw HTTPBadRequest("this address is a WebSocket: connect with ws://");
    if (headers.get("Sec-WebSocket-Version") != "13")
        throw HTTPUpgradeRequired("the version of the WebSocket protocol must be 13",
                                  {{"Sec-WebSocket-Version", "13"}});
    constexpr std::size_t key_size = 24;
    const std::string key = headers.get("Sec-WebSocket-Key").value_or("");
    const auto is_digit = [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '+' || letter == '/';
    };
    if (key.size() != key_size || !key.ends_with("==") ||
        !std::ranges::all_of(key.substr(0, key_size - 2), is_digit))
        throw HTTPBadRequest("the Sec-WebSocket-Key is not 16 bytes in base64");
}

std::string chosen_protocol(const std::vector<std::string>& own, const Request& request) {
    for (const std::string& protocol : own)
        for (const std::string& header : request.headers().get_all("Sec-WebSocket-Protocol"))
            if (std::ranges::contains(detail::list_items(header), protocol)) return protocol;
    return "";
}

[[noreturn]] void raise_closed(websocket::CloseInfo info) {
    if (info.ok()) throw websocket::ConnectionClosedOK(std::move(info));
    throw websocket::ConnectionClosedError(std::move(info));
}

Socket prepared(Socket socket) {
    if (!socket) throw RuntimeError("a WebSocketResponse is used before prepare()");
    return socket;
}

Coro<> send_frame(Socket socket, detail::Opcode opcode, std::string data) {
    if (socket->end()) raise_closed(*socket->end());
    if (opcode == detail::Opcode::text && !asyncio::detail::is_valid_utf8(data))
        throw ValueError("a text message must be UTF-8; send_bytes() sends bytes of any kind");
    constexpr std::size_t longest_ping = 125;
    if (opcode == detail::Opcode::ping && data.size() > longest_ping)
        throw ValueError("the data of a ping is longer than 125 bytes");
    socket->send(opcode, data);
    co_await socket->drain();
    if (socket->end()) raise_closed(*socket->end());
}

/// Sends pings, and breaks the connection if nothing has arrived half an interval after one.
Coro<> beat(Socket socket, double interval) {
    while (!socket->end()) {
        co_await sleep(interval);
        const std::size_t before = socket->frames();
        socket->send(detail::Opcode::ping, "");
        co_await sleep(interval / 2);
        if (socket->frames() == before) socket->break_off();
    }
}

Coro<websocket::Message> receive_message(Socket socket) {
    std::optional<websocket::Message> message = co_await socket->receive();
    if (!message)
        raise_closed(socket->end().value_or(websocket::CloseInfo{.code = websocket::codes::broken_off}));
    co_return *std::move(message);
}

Coro<std::optional<websocket::Message>> next_message(Socket socket) {
    std::optional<websocket::Message> message = co_await socket->receive();
    if (!message && socket->end() && !socket->end()->ok() && !socket->is_leaving())
        raise_closed(*socket->end());
    co_return message;
}

Coro<> close_socket(Socket socket, int code, std::string reason, MaybeDelay patience) {
    if (!detail::is_close_code(code))
        throw ValueError(std::format("{} is not a code that a close frame can have", code));
    if (reason.size() > longest_close_reason || !asyncio::detail::is_valid_utf8(reason))
        throw ValueError("the close reason of a WebSocket must be UTF-8 of at most 123 bytes");
    if (socket->end()) co_return;
    socket->leave(code, reason);
    co_await socket->wait_closed(patience);
}

} // namespace

WebSocketResponse::WebSocketResponse(WebSocketOptions options)
    : state_(std::make_shared<State>(std::move(options))) {}

bool WebSocketResponse::can_prepare(const Request& request) {
    try {
        require_handshake(request);
    } catch (const HTTPClientError&) {
        return false;
    }
    return true;
}

Coro<> WebSocketResponse::prepare_of(std::shared_ptr<State> state, Request request) {
    if (state->socket) throw RuntimeError("prepare() of a WebSocketResponse was called before");
    require_handshake(request);
    state->protocol = chosen_protocol(state->options.protocols, request);
    http::Headers headers{
        {"Upgrade", "websocket"},
        {"Connection", "Upgrade"},
        {"Sec-WebSocket-Accept", detail::accept_of(*request.headers().get("Sec-WebSocket-Key"))},
    };
    if (!state->protocol.empty()) headers.add("Sec-WebSocket-Protocol", state->protocol);
    const std::shared_ptr<detail::Exchange> exchange = request.state().exchange;
    exchange->close_afterwards();
    exchange->start(detail::status::switching_protocols, "", std::move(headers), std::nullopt);
    exchange->flush();
    state->exchange = exchange;
    state->socket = std::make_shared<detail::FrameSocket>(
        exchange->input(), exchange->writer(), detail::FrameSocket::Side::server, state->options.max_msg_size,
        exchange->write_timeout());
    if (state->options.heartbeat)
        state->heartbeat = create_task(beat(state->socket, state->options.heartbeat->seconds()));
    co_return;
}

Coro<> WebSocketResponse::prepare(Request& request) { return prepare_of(state_, request); }
Coro<> WebSocketResponse::send_str(std::string text) {
    return send_frame(prepared(state_->socket), detail::Opcode::text, std::move(text));
}
Coro<> WebSocketResponse::send_bytes(std::string bytes) {
    return send_frame(prepared(state_->socket), detail::Opcode::binary, std::move(bytes));
}
Coro<> WebSocketResponse::ping(std::string data) {
    return send_frame(prepared(state_->socket), detail::Opcode::ping, std::move(data));
}
Coro<websocket::Message> WebSocketResponse::receive() { return receive_message(prepared(state_->socket)); }
Coro<std::optional<websocket::Message>> WebSocketResponse::next() {
    return next_message(prepared(state_->socket));
}
Coro<> WebSocketResponse::close(int code, std::string reason) {
    return close_socket(prepared(state_->socket), code, std::move(reason), state_->options.close_timeout);
}

bool WebSocketResponse::closed() const { return state_->socket && state_->socket->end(); }
std::optional<int> WebSocketResponse::close_code() const {
    if (!closed()) return std::nullopt;
    return state_->socket->end()->code;
}
const std::string& WebSocketResponse::protocol() const { return state_->protocol; }

WebSocketResponse::operator Response() const { return {.source = state_.ref()}; }

} // namespace asyncio::web
