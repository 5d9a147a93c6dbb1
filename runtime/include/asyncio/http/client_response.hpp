#pragma once

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

/// A response whose head has come; its body comes as it is read. Destroying it ends the request: what
/// has not come yet is aborted on the wire. Also a context manager for async_with().
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
    /// Whether the status is below 400: no error of the client's or the server's.
    bool ok() const { return status() < first_error_status; }
    /// The media type without its parameters, in small letters; application/octet-stream if none is told.
    std::string content_type() const;
    /// Bytes of the body as the server announces them, of a compressed body the compressed ones; nullopt
    /// when it does not, or does not let other sites see it.
    std::optional<std::size_t> content_length() const;

    /// The body as it comes.
    Content& content();
    /// All of the body, as bytes. Suspends until it has come; asked again it gives the same.
    Coro<std::string> read();
    /// All of the body as UTF-8; bytes that are none become U+FFFD.
    Coro<std::string> text();
    /// All of the body as JSON. Raises JsonError when it is none.
    Coro<Json> json();

    /// Raises ClientResponseError unless ok().
    void raise_for_status() const;

    /// Ends the request: aborts what has not come yet, frees its connection for the next.
    void release();
    void close() { release(); }

    void aenter() const noexcept {}
    void aexit(const std::exception_ptr&) { release(); }

private:
    static constexpr int first_error_status = 400;

    struct State;
    // A body that is read outlives the response it was asked of.
    static Coro<std::string> read_of(std::shared_ptr<State> state);
    static Coro<std::string> text_of(std::shared_ptr<State> state);
    static Coro<Json> json_of(std::shared_ptr<State> state);

    asyncio::detail::Checked<std::shared_ptr<State>> state_;
};

} // namespace asyncio::http
