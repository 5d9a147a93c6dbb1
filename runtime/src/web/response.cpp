#include "response_writer.hpp"

#include "request_state.hpp"
#include "status.hpp"
#include "text.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::web {
namespace {

constexpr int lowest_status = 100;
constexpr int highest_status = 599;

void check_status(int status) {
    if (status < lowest_status || status > highest_status)
        throw ValueError(std::format("{} is not a status of HTTP: use 100 to 599", status));
}

bool is_cookie_text(std::string_view text) {
    return std::ranges::all_of(text, [](char letter) {
        return letter > ' ' && letter < '\x7F' && !std::string_view("\",;\\").contains(letter);
    });
}

bool is_attribute_text(std::string_view text) {
    return std::ranges::all_of(text,
                               [](char letter) { return letter >= ' ' && letter < '\x7F' && letter != ';'; });
}

std::string joined(const std::vector<std::string>& items) {
    std::string text;
    for (const std::string& item : items) text += (text.empty() ? "" : ", ") + item;
    return text;
}

} // namespace

HTTPException::HTTPException(int status, std::string text, http::Headers headers)
    : Error(std::string(detail::status::reason_of(status))), status_(status), text_(std::move(text)),
      headers_(std::move(headers)) {
    check_status(status);
}

HTTPMethodNotAllowed::HTTPMethodNotAllowed(const std::vector<std::string>& allowed)
    : HTTPClientError(detail::status::method_not_allowed, {}, {{"Allow", joined(allowed)}}) {}

HTTPRequestEntityTooLarge::HTTPRequestEntityTooLarge(std::size_t most)
    : HTTPClientError(detail::status::content_too_large,
                      std::format("the body is larger than {} bytes (client_max_size)", most)) {}

void Response::set_cookie(const std::string& name, const std::string& value, const CookieOptions& options) {
    if (!detail::is_token(name))
        throw ValueError(
            std::format("\"{}\" is not a valid name of a cookie: use letters, digits and hyphens", name));
    if (!is_cookie_text(value))
        throw ValueError(std::format(
            "the value of the cookie {} has a character that a cookie cannot have: encode it", name));
    if (!is_attribute_text(options.path) || !is_attribute_text(options.domain) ||
        !is_attribute_text(options.samesite))
        throw ValueError(
            std::format("an option of the cookie {} has a character that a cookie cannot have", name));
    std::string cookie = std::format("{}={}", name, value);
    if (options.max_age) cookie += std::format("; Max-Age={}", *options.max_age);
    if (!options.path.empty()) cookie += "; Path=" + options.path;
    if (!options.domain.empty()) cookie += "; Domain=" + options.domain;
    if (options.secure) cookie += "; Secure";
    if (options.httponly) cookie += "; HttpOnly";
    if (!options.samesite.empty()) cookie += "; SameSite=" + options.samesite;
    headers.add("Set-Cookie", std::move(cookie));
}

void Response::del_cookie(const std::string& name, CookieOptions options) {
    options.max_age = 0;
    set_cookie(name, "", options);
}

Response json_response(const Json& json, JsonResponseOptions options) {
    return {.status = options.status,
            .text = dump_json(json),
            .headers = std::move(options.headers),
            .content_type = "application/json"};
}

struct StreamResponse::State final : detail::BodySource {
    explicit State(StreamOptions wanted) : options(std::move(wanted)) {}

    Coro<> finish(std::shared_ptr<detail::Exchange> expected, const Response&) override {
        if (exchange != expected)
            throw RuntimeError(
                "a StreamResponse was returned without prepare(): await it with the request first");
        co_await exchange->end();
    }
    const std::shared_ptr<detail::Exchange>& require_prepared() const {
        if (!exchange) throw RuntimeError("write() on a StreamResponse before prepare()");
        return exchange;
    }

    StreamOptions options;
    std::shared_ptr<detail::Exchange> exchange;
};

StreamResponse::StreamResponse(StreamOptions options) : state_(std::make_shared<State>(std::move(options))) {
    check_status(state_->options.status);
}

Coro<> StreamResponse::prepare(Request& request) { return prepare_of(state_, request); }
Coro<> StreamResponse::write(std::string data) { return write_to(state_, std::move(data)); }
Coro<> StreamResponse::write_eof(std::string data) { return end_of(state_, std::move(data)); }
bool StreamResponse::prepared() const { return state_->exchange != nullptr; }
http::Headers& StreamResponse::headers() { return state_->options.headers; }

void StreamResponse::set_status(int status, std::string reason) {
    check_status(status);
    state_->options.status = status;
    state_->options.reason = std::move(reason);
}

StreamResponse::operator Response() const {
    return {.status = state_->options.status, .source = state_.ref()};
}

Coro<> StreamResponse::prepare_of(std::shared_ptr<State> state, Request request) {
    if (state->exchange) throw RuntimeError("prepare() of a StreamResponse was called before");
    const std::shared_ptr<detail::Exchange> exchange = request.state().exchange;
    const StreamOptions& options = state->options;
    std::optional<std::uint64_t> length;
    if (const std::optional<std::string> given = options.headers.get("Content-Length")) {
        length = detail::parsed_length(*given);
        if (!length)
            throw ValueError(std::format("the Content-Length \"{}\" is not a number of bytes", *given));
    }
    exchange->start(options.status, options.reason, detail::with_type(options.headers, options.content_type),
                    length);
    exchange->flush();
    state->exchange = exchange;
    co_return;
}

Coro<> StreamResponse::write_to(std::shared_ptr<State> state, std::string data) {
    const std::shared_ptr<detail::Exchange> exchange = state->require_prepared();
    if (exchange->is_ended()) throw RuntimeError("write() on a StreamResponse after write_eof()");
    co_await exchange->write(std::move(data));
}

Coro<> StreamResponse::end_of(std::shared_ptr<State> state, std::string data) {
    const std::shared_ptr<detail::Exchange> exchange = state->require_prepared();
    if (exchange->is_ended()) co_return;
    co_await exchange->end(std::move(data));
}

namespace detail {

http::Headers with_type(http::Headers headers, std::string_view content_type) {
    if (!content_type.empty() && !headers.contains("Content-Type"))
        headers.add("Content-Type", std::string(content_type));
    return headers;
}

Response to_response(const HTTPException& error) {
    Response response{.status = error.status(), .text = error.text(), .headers = error.headers()};
    if (response.text.empty()) response.text = std::format("{}: {}", error.status(), error.what());
    return response;
}

Coro<> send_response(std::shared_ptr<Exchange> exchange, Response response) {
    if (response.source) co_return co_await response.source->finish(exchange, response);
    check_status(response.status);
    std::string type = response.content_type;
    if (type.empty()) type = response.body ? "application/octet-stream" : "text/plain";
    if (!response.body && !type.contains(';')) type += "; charset=utf-8";
    std::string body = response.body ? *std::move(response.body) : std::move(response.text);
    if (body.empty() || status::has_no_body(response.status)) {
        body.clear();
        type.clear();
    }
    exchange->start(response.status, std::move(response.reason), with_type(std::move(response.headers), type),
                    body.size());
    co_await exchange->end(std::move(body));
}

} // namespace detail
} // namespace asyncio::web
