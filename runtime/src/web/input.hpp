#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/error.hpp>
#include <asyncio/streams/stream_reader.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace asyncio::web::detail {

/// The connection ended in the middle of a line or a body.
class BrokenOff : public EOFError {
public:
    BrokenOff() : EOFError("the connection ended early") {}
};

/// What arrives on a connection, with a buffer of its own, so that lines and bodies are checked as they come.
class Input {
public:
    explicit Input(StreamReader reader) : reader_(std::move(reader)) {}

    /// Suspends until more data is there; false at the end. A cancel is raised there, and no data is lost.
    Coro<bool> fill();
    std::string_view view() const noexcept { return std::string_view(buffer_).substr(taken_); }
    std::string take(std::size_t count);
    void drop(std::size_t count) noexcept { taken_ += count; }

    /// A line without its CR LF. Suspends until it is there. Raises HTTPBadRequest for a CR or an LF by itself,
    /// HTTPException with `status_if_longer` as soon as more than `most` bytes are there, BrokenOff at the end.
    Coro<std::string> line(std::size_t most, int status_if_longer);

private:
    StreamReader reader_;
    std::string buffer_;
    std::size_t taken_ = 0;
};

} // namespace asyncio::web::detail
