#include <asyncio/detail/utf8.hpp>
#include <asyncio/http/client_response.hpp>
#include <asyncio/http/detail/call.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <memory>
#include <optional>
#include <utility>

namespace asyncio::http {

struct ClientResponse::State {
    State(std::unique_ptr<detail::Call> its_call, WireResponse its_head)
        : call(std::move(its_call)), head(std::move(its_head)), headers(std::move(head.headers)),
          content(*call) {}

    std::unique_ptr<detail::Call> call;
    WireResponse head;
    Headers headers;
    Content content;
    std::optional<std::string> body;
};

ClientResponse::ClientResponse(std::unique_ptr<detail::Call> call, WireResponse head)
    : state_(std::make_shared<State>(std::move(call), std::move(head))) {
    state_->content.set_owner(state_.ref());
}
ClientResponse::ClientResponse(ClientResponse&&) noexcept = default;
ClientResponse& ClientResponse::operator=(ClientResponse&&) noexcept = default;
ClientResponse::~ClientResponse() = default;

int ClientResponse::status() const { return state_->head.status; }
const std::string& ClientResponse::reason() const { return state_->head.reason; }
const Headers& ClientResponse::headers() const { return state_->headers; }
const std::string& ClientResponse::url() const { return state_->head.url; }
bool ClientResponse::redirected() const { return state_->head.redirected; }
Content& ClientResponse::content() { return state_->content; }
asyncio::detail::Completed ClientResponse::release() {
    state_->call->release();
    return {};
}

std::string ClientResponse::content_type() const {
    std::string type = headers().get("content-type").value_or("application/octet-stream");
    type.resize(std::min(type.find_first_of("; "), type.size()));
    std::ranges::transform(type, type.begin(),
                           [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    return type;
}

std::optional<std::size_t> ClientResponse::content_length() const {
    const std::optional<std::string> told = headers().get("content-length");
    if (!told) return std::nullopt;
    std::size_t bytes = 0;
    const char* end = std::to_address(told->end());
    const auto [stop, error] = std::from_chars(told->data(), end, bytes);
    return error == std::errc() && stop == end ? std::optional(bytes) : std::nullopt;
}

Coro<std::string> ClientResponse::read() { return read_of(state_); }
Coro<std::string> ClientResponse::text() { return text_of(state_); }
Coro<Json> ClientResponse::json() { return json_of(state_); }

Coro<std::string> ClientResponse::read_of(std::shared_ptr<State> state) {
    if (!state->body) state->body = co_await state->content.read();
    co_return *state->body;
}

Coro<std::string> ClientResponse::text_of(std::shared_ptr<State> state) {
    co_return asyncio::detail::to_valid_utf8(co_await read_of(std::move(state)));
}

Coro<Json> ClientResponse::json_of(std::shared_ptr<State> state) {
    co_return parse_json(co_await text_of(std::move(state)));
}

void ClientResponse::raise_for_status() const {
    if (!ok()) throw ClientResponseError(status(), reason(), url(), headers());
}

} // namespace asyncio::http
