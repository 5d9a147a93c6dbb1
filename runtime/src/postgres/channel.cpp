#include "channel.hpp"

#include <asyncio/error.hpp>
#include <asyncio/streams/server.hpp>
#include <asyncio/websocket/connection.hpp>

#include <cstdlib>
#include <optional>
#include <utility>

namespace asyncio::postgres::detail {
namespace {

constexpr std::ptrdiff_t read_at_once = std::ptrdiff_t{256} * 1024;
constexpr std::size_t most_unsent = std::size_t{256} * 1024;
constexpr std::string_view page_host = "postgres.test";

#ifdef __EMSCRIPTEN__
constexpr bool in_page = true;
#else
constexpr bool in_page = false;
#endif

class StreamChannel final : public Channel {
public:
    StreamChannel(StreamReader reader, StreamWriter writer)
        : reader_(std::move(reader)), writer_(std::move(writer)) {}

    void write(std::string_view bytes) override { writer_.write(bytes); }
    Coro<> drain() override { return writer_.drain(); }
    Coro<std::string> read() override { return reader_.read(read_at_once); }
    void close() override { writer_.close(); }
    void abort() override { writer_.abort(); }

private:
    StreamReader reader_;
    StreamWriter writer_;
};

/// To the page's database: bytes as messages of a WebSocket that never leaves the page.
class PageChannel final : public Channel {
public:
    explicit PageChannel(std::unique_ptr<websocket::Connection> socket) : socket_(std::move(socket)) {}

    void write(std::string_view bytes) override { socket_->send(bytes, true); }
    Coro<> drain() override { return socket_->drained(most_unsent); }
    Coro<std::string> read() override {
        std::optional<websocket::Message> message = co_await socket_->receive();
        co_return message ? std::move(message->data) : std::string();
    }
    void close() override { socket_->close(websocket::codes::normal, ""); }
    void abort() override { close(); }

private:
    std::unique_ptr<websocket::Connection> socket_;
};

[[maybe_unused]] Coro<std::unique_ptr<Channel>> open_page_channel() {
    constexpr std::size_t unlimited = std::size_t{1} << 30U;
    auto socket = websocket::open({.url = "ws://" + std::string(page_host) + "/",
                                   .subprotocols = {},
                                   .max_size = unlimited,
                                   .max_queue = unlimited});
    std::string failure;
    try {
        co_await socket->opened();
    } catch (const websocket::ConnectError& error) {
        failure = error.what();
    }
    if (!failure.empty()) throw OSError(failure);
    co_return std::make_unique<PageChannel>(std::move(socket));
}

[[maybe_unused]] bool is_loopback(std::string_view host) {
    return host == "localhost" || host == "127.0.0.1" || host == "::1" || host.empty();
}

Coro<std::unique_ptr<Channel>> open_stream_channel(std::string host, std::uint16_t port) {
    auto [reader, writer] = co_await open_connection(std::move(host), port);
    co_return std::make_unique<StreamChannel>(std::move(reader), std::move(writer));
}

} // namespace

std::string default_host() { return std::string(in_page ? page_host : "127.0.0.1"); }

Coro<std::unique_ptr<Channel>> open_channel(std::string host, std::uint16_t port) {
    if constexpr (in_page) {
        if (host == page_host) co_return co_await open_page_channel();
        if (is_loopback(host)) {
            try {
                co_return co_await open_stream_channel(host, port);
            } catch (
                const ConnectionRefusedError&) { // NOLINT(bugprone-empty-catch): no server of the program
            }
            co_return co_await open_page_channel();
        }
    } else if (host == page_host) {
        throw OSError(
            "postgres.test is the database of the playground's page: natively give the address of a "
            "PostgreSQL server");
    }
    co_return co_await open_stream_channel(std::move(host), port);
}

} // namespace asyncio::postgres::detail
