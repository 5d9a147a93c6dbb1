#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/sizes.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/stream_link.hpp>

#include <cstddef>
#include <exception>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio {

/// The receiving side of a connection: a shared handle, like a reference in Python.
///
/// Each call suspends until its result has arrived, and resumes in the turn after that; a cancel is raised
/// there, and no data is lost. One task reads at a time: a second raises RuntimeError. Once the connection is
/// broken, each call raises the connection's error.
class StreamReader {
public:
    /// The default limit for the length of a line in readline() and readuntil().
    static constexpr std::ptrdiff_t default_limit = std::ptrdiff_t{64} * 1024;

    explicit StreamReader(std::shared_ptr<detail::StreamLink> link) : link_(std::move(link)) {}

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`, or if it is
    /// negative: everything up to the end.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt) {
        return read_from(link_, detail::at_most(most));
    }
    /// Raises IncompleteReadError if the stream ends first, ValueError for a negative count.
    Coro<std::string> readexactly(std::ptrdiff_t count) { return readexactly_from(link_, count); }
    /// Reads up to and including the separator. Raises IncompleteReadError if the stream ends first, and
    /// LimitOverrunError, which leaves the data in the buffer, if the limit is exceeded.
    Coro<std::string> readuntil(std::string separator = "\n") {
        return readuntil_from(link_, {std::move(separator)});
    }
    /// Up to the first occurrence of any of several separators: `readuntil({";", "\n"})`.
    Coro<std::string> readuntil(std::initializer_list<std::string_view> separators) {
        return readuntil_from(link_, {separators.begin(), separators.end()});
    }
    Coro<std::string> readuntil(std::vector<std::string> separators) {
        return readuntil_from(link_, std::move(separators));
    }
    /// A line including its line end, which the last line may lack; empty at the end. Raises ValueError for a
    /// line longer than the limit, and discards it.
    Coro<std::string> readline() { return readline_from(link_); }
    /// `while (auto line = co_await reader.next())`: as readline(); nullopt at the end.
    Coro<std::optional<std::string>> next() { return next_from(link_); }

    /// Whether the stream has ended and everything has been read.
    bool at_eof() const { return link_->buffer.at_eof(); }
    /// The error that broke the connection; null if there was none.
    std::exception_ptr exception() const { return link_->buffer.exception(); }

    // For callers that supply the data themselves, such as tests.
    void feed_data(std::string_view data) const { link_->buffer.feed(data); }
    void feed_eof() const { link_->buffer.feed_eof(); }
    void set_exception(std::exception_ptr error) const { link_->buffer.fail(std::move(error)); }

private:
    using Link = std::shared_ptr<detail::StreamLink>;
    // The coroutine owns the link while it reads.
    static Coro<std::string> read_from(Link link, std::optional<std::size_t> most);
    static Coro<std::string> readexactly_from(Link link, std::ptrdiff_t count);
    static Coro<std::string> readuntil_from(Link link, std::vector<std::string> separators);
    static Coro<std::string> readline_from(Link link);
    static Coro<std::optional<std::string>> next_from(Link link);

    detail::Checked<Link> link_;
};

/// A standalone reader, which is filled with feed_data(). Raises ValueError for a limit of 0 or less.
StreamReader make_stream_reader(std::ptrdiff_t limit = StreamReader::default_limit);

} // namespace asyncio
