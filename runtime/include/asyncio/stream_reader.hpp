#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/stream_link.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace asyncio {

/// The bytes that come over a connection: a shared handle, as a reference is in Python.
///
/// Each call suspends until what it gives has come, and resumes in the turn after it came; a cancel
/// is raised there and loses nothing. One task reads at a time: a second raises RuntimeError. Once
/// the connection broke, each raises what it broke with.
class StreamReader {
public:
    /// The longest line that readline() and readuntil() take, unless told.
    static constexpr std::size_t default_limit = std::size_t{64} * 1024;

    explicit StreamReader(std::shared_ptr<detail::StreamLink> link) : link_(std::move(link)) {}

    /// At most `most` bytes, as soon as there are any; empty at the end. Without `most`: all until the end.
    Coro<std::string> read(std::optional<std::size_t> most = std::nullopt) { return read_from(link_, most); }
    /// Raises IncompleteReadError when the end comes before.
    Coro<std::string> readexactly(std::size_t count) { return readexactly_from(link_, count); }
    /// Up to the separator, with it. Raises IncompleteReadError when the end comes before, and
    /// LimitOverrunError, which leaves the data where it is, when the limit does.
    Coro<std::string> readuntil(std::string separator = "\n") {
        return readuntil_from(link_, std::move(separator));
    }
    /// A line with its end; the last may have none; empty at the end. Raises ValueError for a line
    /// longer than the limit, and drops it.
    Coro<std::string> readline() { return readline_from(link_); }
    /// `while (auto line = co_await reader.next())`: as readline(); nullopt at the end.
    Coro<std::optional<std::string>> next() { return next_from(link_); }

    /// Whether the end has come and all was read.
    bool at_eof() const noexcept { return link_->buffer.at_eof(); }
    /// What the connection broke with; null when it did not.
    std::exception_ptr exception() const noexcept { return link_->buffer.exception(); }

    // For who makes data come in another way, as tests do.
    void feed_data(std::string_view data) const { link_->buffer.feed(data); }
    void feed_eof() const { link_->buffer.feed_eof(); }
    void set_exception(std::exception_ptr error) const { link_->buffer.fail(std::move(error)); }

private:
    using Link = std::shared_ptr<detail::StreamLink>;
    // The link lives as long as who reads from it.
    static Coro<std::string> read_from(Link link, std::optional<std::size_t> most);
    static Coro<std::string> readexactly_from(Link link, std::size_t count);
    static Coro<std::string> readuntil_from(Link link, std::string separator);
    static Coro<std::string> readline_from(Link link);
    static Coro<std::optional<std::string>> next_from(Link link);

    Link link_;
};

/// A reader of its own, to which somebody feeds data.
StreamReader make_stream_reader(std::size_t limit = StreamReader::default_limit);

} // namespace asyncio
