#pragma once

#include <asyncio/detail/completed.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/http/content.hpp>
#include <asyncio/http/error.hpp>
#include <asyncio/http/headers.hpp>
#include <asyncio/json.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::http {
namespace detail {
class Call;
}

/// A response whose head has arrived; the body is streamed. Destroying it ends the request: anything
/// outstanding is aborted on the wire. Also a context manager for async_with().
class ClientResponse {
public:
    ClientResponse(std::unique_ptr<detail::Call> call, WireResponse head);
    ClientResponse(ClientResponse&&) noexcept;
    ClientResponse& operator=(ClientResponse&&) noexcept;
    ~ClientResponse();

    int status() const;
    const std::string& reason() const;
    const Headers& headers() const;
    /// After all redirects.
    const std::string& url() const;
    bool redirected() const;
    /// Whether the status is below 400, that is, neither a client error nor a server error.
    bool ok() const { return status() < first_error_status; }
    /// The media type without its parameters, in lower case; application/octet-stream if there is none.
    std::string content_type() const;
    /// The size of the body in bytes as announced by the server, for a compressed body the compressed size;
    /// nullopt if the server does not announce it, or does not expose it to other origins.
    std::optional<std::size_t> content_length() const;

    /// The body as a stream.
    Content& content();
    /// The whole body, as bytes. Suspends until it has arrived; a repeated call returns the same.
    Coro<std::string> read();
    /// The whole body as UTF-8; invalid bytes become U+FFFD.
    Coro<std::string> text();
    /// The whole body as JSON. Raises JsonError if it is not valid.
    Coro<Json> json();

    /// Raises ClientResponseError unless ok().
    void raise_for_status() const;

    /// Ends the request: aborts anything outstanding and frees its connection for the next one. It never
    /// suspends, and need not be awaited.
    asyncio::detail::Completed release();
    asyncio::detail::Completed close() { return release(); }

    void aenter() const noexcept {}
    void aexit(const std::exception_ptr&) { release(); }

private:
    static constexpr int first_error_status = 400;

    struct State;
    // The coroutine owns the state: reading the body may outlive the response object.
    static Coro<std::string> read_of(std::shared_ptr<State> state);
    static Coro<std::string> text_of(std::shared_ptr<State> state);
    static Coro<Json> json_of(std::shared_ptr<State> state);

    asyncio::detail::Checked<std::shared_ptr<State>> state_;
};

} // namespace asyncio::http
