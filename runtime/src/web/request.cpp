#include <asyncio/web/request.hpp>

#include "app_state.hpp" // IWYU pragma: keep
#include "multipart.hpp"
#include "request_state.hpp" // IWYU pragma: keep
#include "text.hpp"

#include <asyncio/detail/utf8.hpp>
#include <asyncio/error.hpp>
#include <asyncio/web/error.hpp>

#include <algorithm>
#include <format>
#include <utility>

namespace asyncio::web {
namespace {
constexpr std::size_t body_piece = std::size_t{64} * 1024;
} // namespace

std::optional<std::string> Query::get(std::string_view name) const {
    const auto found = std::ranges::find(fields_, name, &std::pair<std::string, std::string>::first);
    if (found == fields_.end()) return std::nullopt;
    return found->second;
}

std::string Query::get(std::string_view name, std::string otherwise) const {
    return get(name).value_or(std::move(otherwise));
}

std::vector<std::string> Query::get_all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [each, value] : fields_)
        if (each == name) values.push_back(value);
    return values;
}

const FormField* Form::field(std::string_view name) const {
    const auto found = std::ranges::find(fields_, name, &FormField::name);
    return found == fields_.end() ? nullptr : &*found;
}

std::optional<std::string> Form::get(std::string_view name) const {
    const FormField* const found = field(name);
    return found == nullptr ? std::nullopt : std::optional(found->value);
}

bool RequestContent::at_eof() const { return body_->ended(); }

Coro<std::string> RequestContent::read_of(Shared body, std::optional<std::size_t> most) {
    if (most) co_return co_await body->read(*most);
    std::string all;
    for (;;) {
        const std::string piece = co_await body->read(body_piece);
        if (piece.empty()) co_return all;
        all += piece;
    }
}

Coro<std::optional<std::string>> RequestContent::next_of(Shared body) {
    std::string piece = co_await body->read(body_piece);
    if (piece.empty()) co_return std::nullopt;
    co_return piece;
}

AsyncGenerator<std::string> RequestContent::chunks_of(Shared body, std::ptrdiff_t size) {
    const std::size_t count = asyncio::detail::size_of_at_least(size, 1, "the size of iter_chunked()");
    std::string chunk;
    for (;;) {
        const std::string piece = co_await body->read(count - chunk.size());
        chunk += piece;
        if (chunk.empty()) co_return;
        if (chunk.size() == count || piece.empty()) co_yield std::exchange(chunk, {});
    }
}

const std::string& Request::method() const { return state_->head.method; }
const std::string& Request::path() const { return state_->path; }
const std::string& Request::raw_path() const { return state_->head.target; }
const std::string& Request::query_string() const { return state_->query_string; }
const Query& Request::query() const { return state_->query; }
const http::Headers& Request::headers() const { return state_->head.headers; }
const std::string& Request::remote() const { return state_->remote; }
std::string Request::version() const { return std::format("HTTP/1.{}", state_->head.minor); }
std::string Request::host() const { return headers().get("Host").value_or(""); }
bool Request::has_body() const { return !state_->body->is_empty(); }
RequestContent Request::content() { return RequestContent(state_->body); }
Application& Request::app() const { return *state_->app; }
std::any& Request::operator[](std::string_view key) const { return state_->storage[key]; }
Storage& Request::storage() const { return state_->storage; }

std::string Request::content_type() const {
    const std::string value = headers().get("Content-Type").value_or("");
    const std::string type =
        detail::lowered(detail::trimmed(std::string_view(value).substr(0, value.find(';'))));
    return type.empty() ? "application/octet-stream" : type;
}

std::optional<std::size_t> Request::content_length() const {
    const std::optional<std::uint64_t> length = state_->body->length();
    return length ? std::optional(static_cast<std::size_t>(*length)) : std::nullopt;
}

std::map<std::string, std::string> Request::cookies() const {
    std::map<std::string, std::string> cookies;
    for (const std::string& header : headers().get_all("Cookie")) {
        std::string_view rest(header);
        while (!rest.empty()) {
            const std::string_view cookie = rest.substr(0, rest.find(';'));
            rest.remove_prefix(std::min(cookie.size() + 1, rest.size()));
            const std::size_t equals = cookie.find('=');
            if (equals == std::string_view::npos) continue;
            std::string_view value = detail::trimmed(cookie.substr(equals + 1));
            if (value.size() > 1 && value.starts_with('"') && value.ends_with('"'))
                value = value.substr(1, value.size() - 2);
            cookies.emplace(detail::trimmed(cookie.substr(0, equals)), value);
        }
    }
    return cookies;
}

const std::map<std::string, std::string, std::less<>>& Request::match_info() const {
    return state_->match_info;
}

const std::string& Request::match_info(std::string_view name) const {
    const auto found = state_->match_info.find(name);
    if (found == state_->match_info.end())
        throw LookupError(std::format("the route's pattern has no {{{}}}", name));
    return found->second;
}

Coro<std::string> Request::read_of(Shared state) {
    if (state->content) co_return *state->content;
    const std::size_t most = state->app->state()->client_max_size;
    if (state->body->length().value_or(0) > most) throw HTTPRequestEntityTooLarge(most);
    std::string all;
    for (;;) {
        const std::string piece = co_await state->body->read(body_piece);
        if (piece.empty()) break;
        if (all.size() + piece.size() > most) throw HTTPRequestEntityTooLarge(most);
        all += piece;
    }
    state->content = all;
    co_return all;
}

Coro<std::string> Request::text_of(Shared state) {
    co_return asyncio::detail::to_valid_utf8(co_await read_of(std::move(state)));
}

Coro<Json> Request::json_of(Shared state) {
    const std::string text = co_await read_of(std::move(state));
    std::string complaint;
    try {
        co_return parse_json(text);
    } catch (const JsonError& error) {
        complaint = error.what();
    }
    throw HTTPBadRequest("the body is not valid JSON: " + complaint);
}

Coro<Form> Request::post_of(Shared state) {
    const std::string type = Request(state).content_type();
    const std::string header = state->head.headers.get("Content-Type").value_or("");
    const std::string body = co_await read_of(std::move(state));
    if (type == "multipart/form-data") co_return Form(detail::parsed_multipart(body, header));
    if (type != "application/x-www-form-urlencoded") co_return Form();
    std::vector<FormField> fields;
    for (auto& [name, value] : detail::parsed_form(body))
        fields.push_back({.name = std::move(name), .value = std::move(value)});
    co_return Form(std::move(fields));
}

} // namespace asyncio::web
