#include "promise.hpp"

#include <asyncio/http/error.hpp>
#include <asyncio/http/transport.hpp>

#include <emscripten/val.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using emscripten::typed_memory_view;
using emscripten::val;

namespace asyncio::http {
namespace {

/// web/program/io names the kinds.
[[noreturn]] void raise(const browser::HostError& error, const std::string& url) {
    if (error.name() == "InvalidUrl") throw InvalidUrl(url, error.what());
    if (error.name() == "PayloadError") throw ClientPayloadError(error.what());
    throw ClientConnectionError(error.what());
}

val to_js(const WireRequest& request) {
    val js = val::object();
    js.set("method", request.method);
    js.set("url", request.url);
    val headers = val::array();
    for (const auto& [name, value] : request.headers) {
        val header = val::array();
        header.call<void>("push", name, value);
        headers.call<void>("push", header);
    }
    js.set("headers", headers);
    if (request.body) {
        // A view of the program's memory: fetch copies it before it returns.
        js.set("body", val(typed_memory_view(request.body->size(),
                                             reinterpret_cast<const unsigned char*>(request.body->data()))));
    }
    js.set("followRedirects", request.follow_redirects);
    js.set("credentials", request.credentials);
    return js;
}

WireResponse from_js(const val& js) {
    WireResponse response{
        .status = js["status"].as<int>(),
        .reason = js["reason"].as<std::string>(),
        .url = js["url"].as<std::string>(),
        .redirected = js["redirected"].as<bool>(),
        .headers = {},
    };
    const val headers = js["headers"];
    const auto count = headers["length"].as<unsigned>();
    response.headers.reserve(count);
    for (unsigned i = 0; i < count; ++i) {
        response.headers.emplace_back(headers[i][0].as<std::string>(), headers[i][1].as<std::string>());
    }
    return response;
}

std::string bytes_of(const val& js) {
    std::string bytes;
    bytes.resize_and_overwrite(js["length"].as<std::size_t>(), [&](char* data, std::size_t size) {
        val(typed_memory_view(size, reinterpret_cast<unsigned char*>(data))).call<void>("set", js);
        return size;
    });
    return bytes;
}

class FetchExchange final : public Exchange {
public:
    FetchExchange(val exchange, std::string url) : exchange_(std::move(exchange)), url_(std::move(url)) {}
    FetchExchange(const FetchExchange&) = delete;
    FetchExchange& operator=(const FetchExchange&) = delete;
    ~FetchExchange() override { exchange_.call<void>("abort"); }

    Coro<WireResponse> head() override {
        try {
            co_return from_js(co_await browser::settled(exchange_.call<val>("head")));
        } catch (const browser::HostError& error) {
            raise(error, url_);
        }
    }

    Coro<std::optional<std::string>> read() override {
        try {
            // Kept until it has settled: a read that is cancelled loses nothing of the body.
            if (!reading_) reading_ = exchange_.call<val>("read");
            const val piece = co_await browser::settled(*reading_);
            reading_.reset();
            if (piece.isNull()) co_return std::nullopt;
            co_return bytes_of(piece);
        } catch (const browser::HostError& error) {
            raise(error, url_);
        }
    }

private:
    val exchange_;
    std::optional<val> reading_;
    std::string url_;
};

class FetchTransport final : public Transport {
public:
    std::unique_ptr<Exchange> open(const WireRequest& request) override {
        return std::make_unique<FetchExchange>(browser::host_io("http").call<val>("open", to_js(request)),
                                               request.url);
    }
};

} // namespace

std::shared_ptr<Transport> default_transport() {
    static const auto transport = std::make_shared<FetchTransport>();
    return transport;
}

} // namespace asyncio::http
