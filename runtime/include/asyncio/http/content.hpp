#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/http/transport.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace asyncio::http {
namespace detail {
class Call;
}

/// The body of a response as it comes. Only what is asked for is taken off the wire, so a reader
/// that is slow slows the server down. Each call suspends until what it gives has come; a cancel
/// is raised there and loses nothing of the body. Raises ClientPayloadError when the body breaks
/// off, ServerTimeoutError past the request's limits.
class Content {
public:
    /// Lines longer than this are refused with ValueError.
    static constexpr std::size_t longest_line = std::size_t{1024} * 1024;

    explicit Content(detail::Call& call) noexcept : call_(call) {}
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;
    ~Content() = default;

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`: all that
    /// is left.
    Coro<std::string> read(std::optional<std::size_t> most = std::nullopt);
    /// What has come; empty at the end.
    Coro<std::string> readany();
    /// Raises IncompleteReadError when the body ends before.
    Coro<std::string> readexactly(std::size_t count);
    /// A line with its end; the last may have none; empty at the end.
    Coro<std::string> readline();

    /// Pieces of `size` bytes; the last may be shorter.
    AsyncGenerator<std::string> iter_chunked(std::size_t size);
    /// Pieces as they come.
    AsyncGenerator<std::string> iter_any();
    AsyncGenerator<std::string> iter_lines();

    /// Whether all of the body has been read.
    bool at_eof() const noexcept { return ended_ && buffer_.size() == taken_; }

private:
    Coro<bool> more();
    std::string take(std::size_t count);
    std::size_t held() const noexcept { return buffer_.size() - taken_; }

    detail::Call& call_;
    std::string buffer_;
    std::size_t taken_ = 0;
    bool ended_ = false;
};

} // namespace asyncio::http
