#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/sizes.hpp>
#include <asyncio/http/transport.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::http {
namespace detail {
class Call;
}

/// The body of a response as it comes. Only what is asked for is taken off the wire, so a reader
/// that is slow slows the server down. Each call suspends until what it gives has come; a cancel
/// is raised there and loses nothing of the body. Raises ClientPayloadError when the body breaks
/// off, ServerTimeoutError past the request's limits. Who reads keeps the response: it may be a temporary.
class Content {
public:
    /// Lines longer than this are refused with ValueError.
    static constexpr std::size_t longest_line = std::size_t{1024} * 1024;

    explicit Content(detail::Call& call) noexcept : call_(call) {}
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;
    ~Content() = default;

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`, or with a
    /// negative one: all that is left.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt) {
        return read_of(self(), asyncio::detail::at_most(most));
    }
    /// What has come; empty at the end.
    Coro<std::string> readany() { return readany_of(self()); }
    /// Raises IncompleteReadError when the body ends before, ValueError for a negative count.
    Coro<std::string> readexactly(std::ptrdiff_t count) { return readexactly_of(self(), count); }
    /// A line with its end; the last may have none; empty at the end.
    Coro<std::string> readline() { return readline_of(self()); }

    /// Pieces of `size` bytes; the last may be shorter. Raises ValueError for less than 1.
    AsyncGenerator<std::string> iter_chunked(std::ptrdiff_t size) { return chunks_of(self(), size); }
    /// Pieces as they come.
    AsyncGenerator<std::string> iter_any() { return pieces_of(self()); }
    AsyncGenerator<std::string> iter_lines() { return lines_of(self()); }

    /// Whether all of the body has been read.
    bool at_eof() const noexcept { return ended_ && buffer_.size() == taken_; }

    /// For the response: `owner` is kept by who reads.
    void set_owner(const std::shared_ptr<void>& owner) noexcept { owner_ = owner; }

private:
    using Self = std::shared_ptr<Content>;
    // The response lives, and with it the request, as long as who reads its body.
    Self self() { return {owner_.lock(), this}; }
    static Coro<std::string> read_of(Self self, std::optional<std::size_t> most);
    static Coro<std::string> readany_of(Self self);
    static Coro<std::string> readexactly_of(Self self, std::ptrdiff_t count);
    static Coro<std::string> readline_of(Self self);
    static AsyncGenerator<std::string> chunks_of(Self self, std::ptrdiff_t size);
    static AsyncGenerator<std::string> pieces_of(Self self);
    static AsyncGenerator<std::string> lines_of(Self self);
    Coro<bool> more();
    std::string take(std::size_t count);
    std::size_t held() const noexcept { return buffer_.size() - taken_; }

    detail::Call& call_;
    std::weak_ptr<void> owner_;
    std::string buffer_;
    std::size_t taken_ = 0;
    bool ended_ = false;
};

} // namespace asyncio::http
