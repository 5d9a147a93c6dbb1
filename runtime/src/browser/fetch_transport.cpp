#include "promise.hpp"

#include <asyncio/http/error.hpp>
#include <asyncio/http/transport.hpp>

#include <algorithm>
#include <emscripten/val.h>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

using emscripten::typed_memory_view;
using emscripten::val;

namespace asyncio::http {
namespace {

/// The names are defined in web/program/worker/io.
[[noreturn]] void raise(const browser::HostError& error, const std::string& url) {
    if (error.name() == "InvalidUrl") throw InvalidUrl(url, error.what());
    if (error.name() == "RequestError") throw ValueError(error.what());
    if (error.name() == "PayloadError") throw ClientPayloadError(error.what());
    throw ClientConnectionError(error.what());
}

/// A view of the program's memory: JavaScript copies the data before the call returns.
val view_of(const std::string& bytes) {
    return val(typed_memory_view(bytes.size(), reinterpret_cast<const unsigned char*>(bytes.data())));
}

/// Minimizes the number of calls into JavaScript: each costs more than the data that it transfers.
val open_exchange(val& http, const WireRequest& request) {
    // A header's name and value contain no line breaks.
    std::string headers;
    for (const auto& [name, value] : request.headers)
        headers.append(name).append("\n").append(value).append("\n");
    if (!request.body)
        return http.call<val>("openFlat", request.method, request.url, headers, request.follow_redirects,
                              request.credentials, request.streamed);
    return http.call<val>("openFlat", request.method, request.url, headers, request.follow_redirects,
                          request.credentials, request.streamed, view_of(*request.body));
}

/// The line format of web/program/worker/io/http.ts.
WireResponse parse_head(std::string_view text) {
    const auto line = [&] {
        const std::string_view taken = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(taken.size() + 1, text.size()));
        return taken;
    };
    WireResponse response;
    response.status = std::stoi(std::string(line()));
    response.redirected = line() == "1";
    response.reason = line();
    response.url = line();
    while (!text.empty()) {
        const std::string_view name = line();
        response.headers.emplace_back(name, line());
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
    ~FetchExchange() override {
        if (!ended_) exchange_.call<void>("abort");
    }

    Coro<bool> write(std::optional<std::string> piece) override {
        const val wanted = exchange_.call<val>("write", piece ? view_of(*piece) : val::null());
        co_return (co_await browser::settled(wanted)).as<bool>();
    }

    Coro<WireResponse> head() override {
        try {
            const val head = co_await browser::settled(exchange_.call<val>("head"));
            if (val body = head["body"]; !body.isNull()) {
                whole_ = std::move(body);
                ended_ = true;
            }
            co_return parse_head(head["text"].as<std::string>());
        } catch (const browser::HostError& error) {
            raise(error, url_);
        }
    }

    Coro<std::optional<std::string>> read() override {
        if (whole_) {
            const val body = *std::exchange(whole_, std::nullopt);
            std::string bytes = bytes_of(body);
            co_return bytes.empty() ? std::nullopt : std::optional(std::move(bytes));
        }
        if (ended_) co_return std::nullopt;
        try {
            // Kept until it has settled: a cancelled read loses no part of the body.
            if (!reading_) reading_ = exchange_.call<val>("read");
            const val piece = co_await browser::settled(*reading_);
            reading_.reset();
            ended_ = piece.isNull();
            if (ended_) co_return std::nullopt;
            co_return bytes_of(piece);
        } catch (const browser::HostError& error) {
            raise(error, url_);
        }
    }

private:
    val exchange_;
    std::optional<val> reading_;
    /// The body, if all of it arrived with the head.
    std::optional<val> whole_;
    /// No more data will arrive.
    bool ended_ = false;
    std::string url_;
};

class FetchTransport final : public Transport {
public:
    bool can_stream() const override { return true; }

    std::unique_ptr<Exchange> open(const WireRequest& request) override {
        if (!http_) http_ = browser::host_io("http");
        return std::make_unique<FetchExchange>(open_exchange(*http_, request), request.url);
    }

private:
    std::optional<val> http_;
};

} // namespace

std::shared_ptr<Transport> default_transport() {
    // JavaScript values belong to the thread that created them.
    static thread_local const auto transport = std::make_shared<FetchTransport>();
    return transport;
}

} // namespace asyncio::http
