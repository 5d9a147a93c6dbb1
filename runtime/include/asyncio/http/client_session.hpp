#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/http/client_response.hpp>
#include <asyncio/http/client_timeout.hpp>
#include <asyncio/http/detail/optional_body.hpp>
#include <asyncio/http/form_data.hpp>
#include <asyncio/http/headers.hpp>
#include <asyncio/http/transport.hpp>
#include <asyncio/http/url.hpp>
#include <asyncio/json.hpp>

#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::http {
namespace detail {
class Connector;
}

/// What a request can say besides its method and URL. At most one of data, json, form and stream.
struct RequestOptions {
    /// Added to the URL's query.
    Fields params = {};
    /// In place of the session's of the same name.
    Headers headers = {};
    /// The body as it is.
    std::optional<std::string> data = {};
    /// The body as JSON, with its Content-Type: `.json = {{"a", 1}, {"b", {1, 2}}}`.
    detail::OptionalBody<Json> json = {};
    /// The body as a form, with its Content-Type: `.form = {{"a", "1"}}`, or a FormData.
    detail::OptionalBody<FormData> form = {};
    /// The body a piece at a time, each asked for when the one before is on its way. What the generator
    /// lets escape ends the request and is raised from it. Of the browsers only Chromium's send a body
    /// so, and only over HTTP/2; to other servers, by http: and in other browsers the pieces are
    /// collected and go together. A body on its way cannot be sent again: a redirect by 307 or 308
    /// raises ClientConnectionError.
    std::optional<AsyncGenerator<std::string>> stream = {};
    /// In place of the session's.
    std::optional<ClientTimeout> timeout = {};
    /// Without it a redirect raises ClientConnectionError: browsers show nothing of one not followed.
    bool allow_redirects = true;
    /// Raise ClientResponseError for a status of 400 or more; else as the session says.
    std::optional<bool> raise_for_status = {};
    /// Cookies and HTTP authentication, as fetch names it; else as the session says.
    std::optional<std::string> credentials = {};
};

struct SessionOptions {
    /// What a relative URL is seen from.
    std::string base_url = {};
    /// Of every request.
    Headers headers = {};
    ClientTimeout timeout = {};
    bool raise_for_status = false;
    std::string credentials = "same-origin";
    /// Requests under way at once, in all and for each host; further ones wait in order. 0: no limit.
    int limit = 100; // NOLINT(*-magic-numbers): a default
    int limit_per_host = 0;
    /// Another way to the wire, for tests.
    std::shared_ptr<Transport> transport = {};
};

/// A client of HTTP servers, after aiohttp's.
///
/// `auto response = co_await session.get(url);` suspends until the head of the response has come.
/// Cancelling the task, or a timeout, aborts the request on the wire. Raises InvalidUrl,
/// ClientConnectionError, ServerTimeoutError; ValueError for a method or a header that browsers let no
/// page send; RuntimeError once the session is closed. Responses may outlive it.
class ClientSession {
public:
    explicit ClientSession(SessionOptions options = {});

    Coro<ClientResponse> request(std::string method, std::string url, RequestOptions options = {});
    Coro<ClientResponse> get(std::string url, RequestOptions options = {});
    Coro<ClientResponse> post(std::string url, RequestOptions options = {});
    Coro<ClientResponse> put(std::string url, RequestOptions options = {});
    Coro<ClientResponse> patch(std::string url, RequestOptions options = {});
    Coro<ClientResponse> del(std::string url, RequestOptions options = {});
    Coro<ClientResponse> head(std::string url, RequestOptions options = {});
    Coro<ClientResponse> options(std::string url, RequestOptions options = {});

    void close() noexcept { closed_ = true; }
    bool closed() const noexcept { return closed_; }

    void aenter() const noexcept {}
    void aexit(const std::exception_ptr&) noexcept { close(); }

private:
    void require_open() const;

    // A request may go on after the session itself has moved or gone.
    asyncio::detail::Checked<std::shared_ptr<const SessionOptions>> options_;
    asyncio::detail::Checked<std::shared_ptr<detail::Connector>> connector_;
    bool closed_ = false;
};

} // namespace asyncio::http
