#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/sizes.hpp>
#include <asyncio/http/headers.hpp>
#include <asyncio/http/url.hpp>
#include <asyncio/json.hpp>
#include <asyncio/web/storage.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::web {

class Application;

namespace detail {
class Body;
struct RequestState;
} // namespace detail

/// The fields of a query, decoded, in order. A name may occur more than once.
class Query {
public:
    Query() = default;
    explicit Query(http::Fields fields) : fields_(std::move(fields)) {}

    /// The first value of that name; nullopt if there is none.
    std::optional<std::string> get(std::string_view name) const;
    std::string get(std::string_view name, std::string otherwise) const;
    std::vector<std::string> get_all(std::string_view name) const;
    bool contains(std::string_view name) const { return get(name).has_value(); }

    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }
    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }

private:
    http::Fields fields_;
};

/// A field of a form; a file, if it has a file name.
struct FormField {
    std::string name = {};
    std::string value = {};
    std::optional<std::string> filename = {};
    std::string content_type = {};
};

/// The fields of a form, in order.
class Form {
public:
    Form() = default;
    explicit Form(std::vector<FormField> fields) : fields_(std::move(fields)) {}

    /// The value of the first field of that name; nullopt if there is none.
    std::optional<std::string> get(std::string_view name) const;
    /// The first field of that name; null if there is none.
    const FormField* field(std::string_view name) const;

    std::size_t size() const noexcept { return fields_.size(); }
    bool empty() const noexcept { return fields_.empty(); }
    auto begin() const noexcept { return fields_.begin(); }
    auto end() const noexcept { return fields_.end(); }

private:
    std::vector<FormField> fields_;
};

/// The body of a request as a stream, of any size: client_max_size does not limit it. Data is taken off the connection
/// only on request, so a slow handler holds up the client. Copies share it.
///
/// Each call suspends until data has arrived; a cancel is raised there, and no data is lost. Raises HTTPBadRequest if
/// the body breaks off or is malformed, HTTPRequestTimeout if nothing comes for ServerOptions::body_timeout.
class RequestContent {
public:
    explicit RequestContent(std::shared_ptr<detail::Body> body) : body_(std::move(body)) {}

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`, or if it is negative: the rest.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt) {
        return read_of(body_, asyncio::detail::at_most(most));
    }
    /// `while (auto piece = co_await content.next())`: pieces as they arrive; nullopt at the end.
    Coro<std::optional<std::string>> next() { return next_of(body_); }
    /// Pieces of `size` bytes; the last may be shorter. Raises ValueError if `size` is less than 1.
    AsyncGenerator<std::string> iter_chunked(std::ptrdiff_t size) { return chunks_of(body_, size); }
    bool at_eof() const;

private:
    using Shared = std::shared_ptr<detail::Body>;
    static Coro<std::string> read_of(Shared body, std::optional<std::size_t> most);
    static Coro<std::optional<std::string>> next_of(Shared body);
    static AsyncGenerator<std::string> chunks_of(Shared body, std::ptrdiff_t size);

    asyncio::detail::Checked<Shared> body_;
};

/// A request whose head has arrived: what a handler is called with. Copies share it.
class Request {
public:
    explicit Request(std::shared_ptr<detail::RequestState> state) : state_(std::move(state)) {}

    const std::string& method() const;
    /// Decoded, without the query: "/users/Ann Lee". A "/" that was encoded looks as one that was not.
    const std::string& path() const;
    /// As it was sent: "/users/Ann%20Lee?sort=name".
    const std::string& raw_path() const;
    /// What is behind the "?", as it was sent.
    const std::string& query_string() const;
    const Query& query() const;
    const http::Headers& headers() const;
    /// The media type of the body without its parameters, in lower case; application/octet-stream if there is none.
    std::string content_type() const;
    /// The size of the body as announced; nullopt if it is sent in chunks.
    std::optional<std::size_t> content_length() const;
    bool has_body() const;
    /// The value of the Host header; empty if there is none (HTTP/1.0).
    std::string host() const;
    /// The client's address: "127.0.0.1:49152".
    const std::string& remote() const;
    /// "HTTP/1.1" or "HTTP/1.0".
    std::string version() const;
    /// By name; the first of each name.
    std::map<std::string, std::string> cookies() const;

    /// What the `{...}` of the route's pattern stood for, decoded.
    const std::map<std::string, std::string, std::less<>>& match_info() const;
    /// One of them. Raises LookupError if the route's pattern has no such name.
    const std::string& match_info(std::string_view name) const;

    /// The whole body, as bytes; a repeated call returns the same. Suspends until it has arrived; a cancel is raised
    /// there. Raises HTTPRequestEntityTooLarge for more than the application's client_max_size, and what
    /// RequestContent raises.
    Coro<std::string> read() { return read_of(state_); }
    /// The same as UTF-8; invalid bytes become U+FFFD.
    Coro<std::string> text() { return text_of(state_); }
    /// The same as JSON. Raises HTTPBadRequest if it is not valid.
    Coro<Json> json() { return json_of(state_); }
    /// The same as a form, sent as application/x-www-form-urlencoded or multipart/form-data; empty for other types.
    /// Raises HTTPBadRequest for a malformed multipart body.
    Coro<Form> post() { return post_of(state_); }
    RequestContent content();

    /// The application whose handler or middleware this is.
    Application& app() const;
    /// Values that middlewares leave for handlers.
    std::any& operator[](std::string_view key) const;
    template <class T> T& get(std::string_view key) const { return storage().get<T>(key); }

    /// For the library.
    detail::RequestState& state() const { return *state_; }

private:
    using Shared = std::shared_ptr<detail::RequestState>;
    static Coro<std::string> read_of(Shared state);
    static Coro<std::string> text_of(Shared state);
    static Coro<Json> json_of(Shared state);
    static Coro<Form> post_of(Shared state);
    Storage& storage() const;

    asyncio::detail::Checked<Shared> state_;
};

} // namespace asyncio::web
