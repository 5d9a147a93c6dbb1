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

/// The body of a response as a stream. Data is taken off the wire only on request, so a slow reader applies
/// back-pressure to the server. Each call suspends until its result has arrived; a cancel is raised there,
/// and no part of the body is lost. Raises ClientPayloadError if the body breaks off, ServerTimeoutError
/// beyond the request's limits. A read in progress keeps the response alive, so the response may be a
/// temporary.
class Content {
public:
    /// Longer lines are rejected with ValueError.
    static constexpr std::size_t longest_line = std::size_t{1024} * 1024;

    explicit Content(detail::Call& call) noexcept : call_(call) {}
    Content(const Content&) = delete;
    Content& operator=(const Content&) = delete;
    ~Content() = default;

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`, or if it is
    /// negative: the rest of the body.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt) {
        return read_of(self(), asyncio::detail::at_most(most));
    }
    /// The data that has arrived; empty at the end.
    Coro<std::string> readany() { return readany_of(self()); }
    /// Raises IncompleteReadError if the body ends first, ValueError for a negative count.
    Coro<std::string> readexactly(std::ptrdiff_t count) { return readexactly_of(self(), count); }
    /// A line including its line end, which the last line may lack; empty at the end.
    Coro<std::string> readline() { return readline_of(self()); }

    /// Pieces of `size` bytes; the last may be shorter. Raises ValueError if `size` is less than 1.
    AsyncGenerator<std::string> iter_chunked(std::ptrdiff_t size) { return chunks_of(self(), size); }
    /// Pieces as they arrive.
    AsyncGenerator<std::string> iter_any() { return pieces_of(self()); }
    AsyncGenerator<std::string> iter_lines() { return lines_of(self()); }

    /// Whether all of the body has been read.
    bool at_eof() const noexcept { return ended_ && buffer_.size() == taken_; }

    /// For the response: reads in progress keep `owner` alive.
    void set_owner(const std::shared_ptr<void>& owner) noexcept { owner_ = owner; }

private:
    using Self = std::shared_ptr<Content>;
    // The coroutine owns the response, and with it the request, while it reads the body.
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
