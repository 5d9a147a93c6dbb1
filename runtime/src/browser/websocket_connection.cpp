#include "promise.hpp"

#include <asyncio/websocket/connection.hpp>

#include <emscripten/val.h>
#include <utility>

using emscripten::typed_memory_view;
using emscripten::val;

namespace asyncio::websocket {
namespace {

val to_js(const Request& request) {
    val js = val::object();
    js.set("url", request.url);
    val subprotocols = val::array();
    for (const std::string& name : request.subprotocols) subprotocols.call<void>("push", name);
    js.set("subprotocols", subprotocols);
    js.set("maxSize", static_cast<double>(request.max_size));
    js.set("maxQueue", static_cast<double>(request.max_queue));
    return js;
}

Message message_of(const val& js) {
    if (js.isString()) return {.data = js.as<std::string>(), .binary = false};
    Message message{.data = {}, .binary = true};
    message.data.resize_and_overwrite(js["length"].as<std::size_t>(), [&](char* data, std::size_t size) {
        val(typed_memory_view(size, reinterpret_cast<unsigned char*>(data))).call<void>("set", js);
        return size;
    });
    return message;
}

class BrowserConnection final : public Connection {
public:
    explicit BrowserConnection(const Request& request)
        : socket_(browser::host_io("websocket").call<val>("open", to_js(request))), url_(request.url) {}
    BrowserConnection(const BrowserConnection&) = delete;
    BrowserConnection& operator=(const BrowserConnection&) = delete;
    ~BrowserConnection() override { socket_.call<void>("close", codes::normal, val("")); }

    Coro<std::string> opened() override {
        try {
            co_return (co_await browser::settled(socket_.call<val>("opened"))).as<std::string>();
        } catch (const browser::HostError& error) {
            // The names are defined in web/program/worker/io.
            if (error.name() == "InvalidUrl") throw InvalidUrl(url_, error.what());
            throw ConnectError(error.what());
        }
    }

    Coro<std::optional<Message>> receive() override {
        // Kept until it has settled: a cancelled receive loses no message.
        if (!receiving_) receiving_ = socket_.call<val>("receive");
        const val message = co_await browser::settled(*receiving_);
        receiving_.reset();
        if (message.isNull()) co_return std::nullopt;
        co_return message_of(message);
    }

    Coro<> closed() override { co_await browser::settled(socket_.call<val>("closed")); }

    Coro<> drained(std::size_t most) override {
        co_await browser::settled(socket_.call<val>("drained", static_cast<double>(most)));
    }

    void send(std::string_view data, bool binary) override {
        if (!binary) {
            socket_.call<void>("send", std::string(data));
            return;
        }
        // A view of the program's memory: copied before the call returns.
        socket_.call<void>(
            "send", val(typed_memory_view(data.size(), reinterpret_cast<const unsigned char*>(data.data()))));
    }

    std::size_t buffered() const override {
        return static_cast<std::size_t>(socket_["buffered"].as<double>());
    }

    std::size_t arrived() const override { return static_cast<std::size_t>(socket_["arrived"].as<double>()); }

    void close(int code, const std::string& reason) override { socket_.call<void>("close", code, reason); }
    void fail(int code, const std::string& reason) override { socket_.call<void>("fail", code, reason); }

    std::optional<CloseInfo> end() const override {
        const val end = socket_["end"];
        if (end.isUndefined()) return std::nullopt;
        return CloseInfo{.code = end["code"].as<int>(), .reason = end["reason"].as<std::string>()};
    }

private:
    val socket_;
    std::optional<val> receiving_;
    std::string url_;
};

} // namespace

std::unique_ptr<Connection> open(const Request& request) {
    return std::make_unique<BrowserConnection>(request);
}

} // namespace asyncio::websocket
