#pragma once

#include <asyncio/detail/completed.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/http/client_response.hpp>
#include <asyncio/http/client_timeout.hpp>
#include <asyncio/http/detail/optional_body.hpp>
#include <asyncio/http/detail/streamed_body.hpp>
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

/// The parts of a request besides its method and URL. At most one of data, json, form and stream. It can be
/// copied, and used for several requests.
struct RequestOptions {
    /// Added to the URL's query.
    Fields params = {};
    /// Replace the session's headers of the same name.
    Headers headers = {};
    /// The raw body.
    std::optional<std::string> data = {};
    /// The body as JSON, with its Content-Type: `.json = {{"a", 1}, {"b", {1, 2}}}`.
    detail::OptionalBody<Json> json = {};
    /// The body as a form, with its Content-Type: `.form = {{"a", "1"}}`, or a FormData.
    detail::OptionalBody<FormData> form = {};
    /// The body in pieces, from a generator, or from a function that makes one for each request, as a retry
    /// needs. Each piece is requested from the generator once the previous one has been sent. An
    /// exception that leaves the generator ends the request and is raised from it. Only Chromium-based
    /// browsers stream a body, and only over HTTP/2; for other servers, http: URLs and other browsers the
    /// pieces are collected and sent together. A streamed body cannot be sent again: a redirect with 307 or
    /// 308 raises ClientConnectionError.
    detail::StreamedBody stream = {};
    /// Overrides the session's.
    std::optional<ClientTimeout> timeout = {};
    /// If false, a redirect raises ClientConnectionError: browsers do not expose a redirect that is not
    /// followed. One of a server of this program is returned.
    bool allow_redirects = true;
    /// Raises ClientResponseError for a status of 400 or more; unset: the session's setting.
    std::optional<bool> raise_for_status = {};
    /// Cookies and HTTP authentication, with fetch's values; unset: the session's setting.
    std::optional<std::string> credentials = {};
};

struct SessionOptions {
    /// The base for relative URLs.
    std::string base_url = {};
    /// Sent with every request.
    Headers headers = {};
    ClientTimeout timeout = {};
    bool raise_for_status = false;
    std::string credentials = "same-origin";
    /// Maximum number of concurrent requests, in total and per host; further ones wait in FIFO order. 0: no
    /// limit.
    int limit = 100; // NOLINT(*-magic-numbers): a default
    int limit_per_host = 0;
    /// A different transport, for tests.
    std::shared_ptr<Transport> transport = {};
};

/// An HTTP client, after aiohttp's.
///
/// `auto response = co_await session.get(url);` suspends until the head of the response has arrived.
/// Cancelling the task, or a timeout, aborts the request on the wire. Raises InvalidUrl,
/// ClientConnectionError, ServerTimeoutError; ValueError for a method or a header that browsers do not let a
/// page send; RuntimeError once the session is closed. Responses may outlive the session.
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

    /// It never suspends, and need not be awaited.
    asyncio::detail::Completed close() noexcept {
        closed_ = true;
        return {};
    }
    bool closed() const noexcept { return closed_; }

    void aenter() const noexcept {}
    void aexit(const std::exception_ptr&) noexcept { close(); }

private:
    void require_open() const;

    // Shared, since a request may continue after the session object has been moved or destroyed.
    asyncio::detail::Checked<std::shared_ptr<const SessionOptions>> options_;
    asyncio::detail::Checked<std::shared_ptr<detail::Connector>> connector_;
    bool closed_ = false;
};

} // namespace asyncio::http
