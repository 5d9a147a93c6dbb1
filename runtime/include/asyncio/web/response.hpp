#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/http/headers.hpp>
#include <asyncio/json.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio::web {

class Request;
struct Response;

namespace detail {
class Exchange;

/// What a response sends instead of a text.
class BodySource {
public:
    virtual ~BodySource() = default;
    virtual Coro<> finish(std::shared_ptr<Exchange> exchange, const Response& response) = 0;
};
} // namespace detail

struct CookieOptions {
    /// Seconds; without it the browser forgets the cookie with its session.
    std::optional<int> max_age = {};
    std::string path = "/";
    std::string domain = {};
    bool secure = false;
    bool httponly = false;
    /// "Strict", "Lax" or "None".
    std::string samesite = {};
};

/// What a handler returns: `co_return web::Response{.status = 201, .text = "made"};`.
struct Response {
    int status = 200; // NOLINT(*-magic-numbers): OK
    /// The body as UTF-8.
    std::string text = {};
    /// The body as bytes, instead of the text.
    std::optional<std::string> body = {};
    /// Content-Length, Transfer-Encoding and Date are the server's.
    http::Headers headers = {};
    /// If empty: text/plain, or application/octet-stream for `body`. A Content-Type among the headers goes before.
    std::string content_type = {};
    /// If empty: the status's.
    std::string reason = {};
    /// For the library: a stream, a file.
    std::shared_ptr<detail::BodySource> source = {};

    /// Adds a Set-Cookie header. Raises ValueError for a name or a value that a cookie cannot have.
    void set_cookie(const std::string& name, const std::string& value, const CookieOptions& options = {});
    void del_cookie(const std::string& name, CookieOptions options = {});
};

struct JsonResponseOptions {
    int status = 200; // NOLINT(*-magic-numbers): OK
    http::Headers headers = {};
};

/// `co_return web::json_response({{"id", 1}, {"name", "Ann"}});`
Response json_response(const Json& json, JsonResponseOptions options = {});

struct StreamOptions {
    int status = 200; // NOLINT(*-magic-numbers): OK
    /// With a Content-Length here exactly so many bytes must be written. Without, the body is sent in chunks.
    http::Headers headers = {};
    std::string content_type = "application/octet-stream";
    std::string reason = {};
};

/// A response that the handler writes piece by piece: prepare(), write() any number of times, write_eof(), and it is
/// returned from the handler. Copies share it.
///
/// prepare(), write() and write_eof() suspend while the client's connection takes no more data; they are woken when it
/// does. A cancel is raised there, and the rest of a piece that was being sent is sent anyway. They raise
/// ConnectionResetError if the client is gone.
class StreamResponse {
public:
    explicit StreamResponse(StreamOptions options = {});

    /// Sends the head. Raises RuntimeError if this response, or another one for the request, was prepared before.
    Coro<> prepare(Request& request);
    /// Raises RuntimeError before prepare() and after write_eof(), ValueError for more bytes than Content-Length says.
    Coro<> write(std::string data);
    /// Ends the body; when a handler returns the response, the server does so. Further calls do nothing. Raises
    /// ValueError for fewer bytes than Content-Length says.
    Coro<> write_eof(std::string data = {});

    bool prepared() const;
    /// Of the head that prepare() sends.
    http::Headers& headers();
    void set_status(int status, std::string reason = {});

    operator Response() const; // NOLINT(*-explicit-*): a handler returns either

private:
    struct State;
    static Coro<> prepare_of(std::shared_ptr<State> state, Request request);
    static Coro<> write_to(std::shared_ptr<State> state, std::string data);
    static Coro<> end_of(std::shared_ptr<State> state, std::string data);

    asyncio::detail::Checked<std::shared_ptr<State>> state_;
};

struct FileOptions {
    http::Headers headers = {};
    /// If empty: by the file's extension.
    std::string content_type = {};
};

/// A response with a file's content: `co_return web::FileResponse("report.pdf");`. It answers If-None-Match,
/// If-Modified-Since and a Range of one part; 404 if there is no such file, 403 if it cannot be read. The path is the
/// program's: a part of it that comes from a request must be checked before, as add_static() does.
class FileResponse {
public:
    explicit FileResponse(std::string path, FileOptions options = {});
    operator Response() const; // NOLINT(*-explicit-*): a handler returns either

private:
    std::string path_;
    FileOptions options_;
};

} // namespace asyncio::web
