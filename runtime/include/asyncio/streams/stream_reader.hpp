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

/// The bytes that come over a connection: a shared handle, as a reference is in Python.
///
/// Each call suspends until what it gives has come, and resumes in the turn after it came; a cancel
/// is raised there and loses nothing. One task reads at a time: a second raises RuntimeError. Once
/// the connection broke, each raises what it broke with.
class StreamReader {
public:
    /// The longest line that readline() and readuntil() take, unless told.
    static constexpr std::ptrdiff_t default_limit = std::ptrdiff_t{64} * 1024;

    explicit StreamReader(std::shared_ptr<detail::StreamLink> link) : link_(std::move(link)) {}

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`, or with a negative
    /// one: all until the end.
    Coro<std::string> read(std::optional<std::ptrdiff_t> most = std::nullopt) {
        return read_from(link_, detail::at_most(most));
    }
    /// Raises IncompleteReadError when the end comes before, ValueError for a negative count.
    Coro<std::string> readexactly(std::ptrdiff_t count) { return readexactly_from(link_, count); }
    /// Up to the separator, with it. Raises IncompleteReadError when the end comes before, and
    /// LimitOverrunError, which leaves the data where it is, when the limit does.
    Coro<std::string> readuntil(std::string separator = "\n") {
        return readuntil_from(link_, {std::move(separator)});
    }
    /// Up to the first separator that comes, of several: `readuntil({";", "\n"})`.
    Coro<std::string> readuntil(std::initializer_list<std::string_view> separators) {
        return readuntil_from(link_, {separators.begin(), separators.end()});
    }
    Coro<std::string> readuntil(std::vector<std::string> separators) {
        return readuntil_from(link_, std::move(separators));
    }
    /// A line with its end; the last may have none; empty at the end. Raises ValueError for a line
    /// longer than the limit, and drops it.
    Coro<std::string> readline() { return readline_from(link_); }
    /// `while (auto line = co_await reader.next())`: as readline(); nullopt at the end.
    Coro<std::optional<std::string>> next() { return next_from(link_); }

    /// Whether the end has come and all was read.
    bool at_eof() const { return link_->buffer.at_eof(); }
    /// What the connection broke with; null when it did not.
    std::exception_ptr exception() const { return link_->buffer.exception(); }

    // For who makes data come in another way, as tests do.
    void feed_data(std::string_view data) const { link_->buffer.feed(data); }
    void feed_eof() const { link_->buffer.feed_eof(); }
    void set_exception(std::exception_ptr error) const { link_->buffer.fail(std::move(error)); }

private:
    using Link = std::shared_ptr<detail::StreamLink>;
    // The link lives as long as who reads from it.
    static Coro<std::string> read_from(Link link, std::optional<std::size_t> most);
    static Coro<std::string> readexactly_from(Link link, std::ptrdiff_t count);
    static Coro<std::string> readuntil_from(Link link, std::vector<std::string> separators);
    static Coro<std::string> readline_from(Link link);
    static Coro<std::optional<std::string>> next_from(Link link);

    detail::Checked<Link> link_;
};

/// A reader of its own, to which somebody feeds data. Raises ValueError for a limit of 0 or less.
StreamReader make_stream_reader(std::ptrdiff_t limit = StreamReader::default_limit);

} // namespace asyncio
