#include <asyncio/detail/own_servers.hpp>
#include <asyncio/error.hpp>
#include <asyncio/http/client_session.hpp>
#include <asyncio/http/detail/call.hpp>
#include <asyncio/http/detail/connector.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <format>
#include <utility>

namespace asyncio::http {
namespace {

struct Body {
    std::optional<std::string> bytes = {};
    std::optional<std::string> type = {};
    std::optional<AsyncGenerator<std::string>> pieces = {};
};

Coro<std::string> collect(AsyncGenerator<std::string> pieces) {
    std::string all;
    while (auto piece = co_await pieces.next()) all += *piece;
    co_return all;
}

std::string dump(const Json& json) {
    try {
        return json.dump();
    } catch (const Json::type_error& error) {
        throw ValueError(std::format("the request's JSON cannot be serialized: {}", error.what()));
    }
}

Coro<Body> body_of(RequestOptions& options, bool can_stream) {
    const std::array given{options.data.has_value(), options.json.has_value(), options.form.has_value(),
                           static_cast<bool>(options.stream)};
    if (std::ranges::count(given, true) > 1)
        throw ValueError("a request has one body: set only one of data, json, form and stream");
    if (options.json) co_return Body{.bytes = dump(*options.json), .type = "application/json"};
    if (options.form) {
        FormData::Encoded form = (*options.form).encode();
        co_return Body{.bytes = std::move(form.body), .type = std::move(form.content_type)};
    }
    if (options.stream && can_stream) co_return Body{.pieces = options.stream.take()};
    if (options.stream) co_return Body{.bytes = co_await collect(options.stream.take())};
    co_return Body{.bytes = std::move(options.data)};
}

std::shared_ptr<Transport> transport_for(const SessionOptions& session, const std::string& url) {
    if (session.transport) return session.transport;
    if (const auto* const client = asyncio::detail::own_servers_client(url, "http"))
        return client->transport();
    return default_transport();
}

Coro<ClientResponse> perform(std::shared_ptr<const SessionOptions> session,
                             std::shared_ptr<detail::Connector> connector, std::string method,
                             std::string url, RequestOptions options) {
    auto call = std::make_unique<detail::Call>(options.timeout.value_or(session->timeout));
    url = with_query(resolve(session->base_url, url), options.params);
    std::shared_ptr<Transport> transport = transport_for(*session, url);
    Headers headers = session->headers;
    headers.update(options.headers);
    Body body = co_await body_of(options, transport->can_stream());
    if (body.type && !headers.contains("content-type")) headers.add("Content-Type", *body.type);

    WireRequest wire{
        .method = std::move(method),
        .url = std::move(url),
        .headers = {headers.begin(), headers.end()},
        .body = std::move(body.bytes),
        .streamed = body.pieces.has_value(),
        .follow_redirects = options.allow_redirects,
        .credentials = options.credentials.value_or(session->credentials),
    };
    WireResponse head = co_await call->send(std::move(connector), std::move(transport), std::move(wire),
                                            std::move(body.pieces));
    ClientResponse response(std::move(call), std::move(head));
    if (options.raise_for_status.value_or(session->raise_for_status)) response.raise_for_status();
    co_return response;
}

} // namespace

ClientSession::ClientSession(SessionOptions options)
    : options_(std::make_shared<const SessionOptions>(std::move(options))),
      connector_(std::make_shared<detail::Connector>(options_->limit, options_->limit_per_host)) {}

void ClientSession::require_open() const {
    if (closed_)
        throw RuntimeError("the session is closed: send requests before close(), or create a new session");
}

Coro<ClientResponse> ClientSession::request(std::string method, std::string url, RequestOptions options) {
    require_open();
    return perform(options_, connector_, std::move(method), std::move(url), std::move(options));
}

Coro<ClientResponse> ClientSession::get(std::string url, RequestOptions options) {
    return request("GET", std::move(url), std::move(options));
}
Coro<ClientResponse> ClientSession::post(std::string url, RequestOptions options) {
    return request("POST", std::move(url), std::move(options));
}
Coro<ClientResponse> ClientSession::put(std::string url, RequestOptions options) {
    return request("PUT", std::move(url), std::move(options));
}
Coro<ClientResponse> ClientSession::patch(std::string url, RequestOptions options) {
    return request("PATCH", std::move(url), std::move(options));
}
Coro<ClientResponse> ClientSession::del(std::string url, RequestOptions options) {
    return request("DELETE", std::move(url), std::move(options));
}
Coro<ClientResponse> ClientSession::head(std::string url, RequestOptions options) {
    return request("HEAD", std::move(url), std::move(options));
}
Coro<ClientResponse> ClientSession::options(std::string url, RequestOptions options) {
    return request("OPTIONS", std::move(url), std::move(options));
}

} // namespace asyncio::http
