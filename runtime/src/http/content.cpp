#include <asyncio/error.hpp>
#include <asyncio/http/content.hpp>
#include <asyncio/http/detail/call.hpp>

#include <format>
#include <utility>

namespace asyncio::http {

Coro<bool> Content::more() {
    if (ended_) co_return false;
    std::optional<std::string> piece = co_await call_.read();
    if (!piece) {
        ended_ = true;
        co_return false;
    }
    buffer_.erase(0, std::exchange(taken_, 0));
    buffer_ += *piece;
    co_return true;
}

std::string Content::take(std::size_t count) {
    std::string piece = buffer_.substr(taken_, count);
    taken_ += piece.size();
    return piece;
}

Coro<std::string> Content::read(std::optional<std::size_t> most) {
    if (most) {
        while (held() == 0 && *most > 0 && co_await more()) {
        }
        co_return take(*most);
    }
    while (co_await more()) {
    }
    co_return take(held());
}

Coro<std::string> Content::readany() {
    while (held() == 0 && co_await more()) {
    }
    co_return take(held());
}

Coro<std::string> Content::readexactly(std::size_t count) {
    while (held() < count) {
        if (!co_await more()) throw IncompleteReadError(take(held()), count);
    }
    co_return take(count);
}

Coro<std::string> Content::readline() {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = buffer_.find('\n', taken_ + searched);
        const std::size_t length = end == std::string::npos ? held() : end - taken_ + 1;
        if (length > longest_line)
            throw ValueError(
                std::format("a line of the body is longer than {} bytes: read() it in pieces", longest_line));
        if (end != std::string::npos) co_return take(length);
        searched = held();
        if (!co_await more()) co_return take(held());
    }
}

AsyncGenerator<std::string> Content::iter_chunked(std::size_t size) {
    if (size == 0) throw ValueError("iter_chunked() wants pieces of 1 byte or more");
    for (;;) {
        while (held() < size && co_await more()) {
        }
        if (held() == 0) co_return;
        co_yield take(size);
    }
}

AsyncGenerator<std::string> Content::iter_any() {
    for (;;) {
        std::string piece = co_await readany();
        if (piece.empty()) co_return;
        co_yield std::move(piece);
    }
}

AsyncGenerator<std::string> Content::iter_lines() {
    for (;;) {
        std::string line = co_await readline();
        if (line.empty()) co_return;
        co_yield std::move(line);
    }
}

} // namespace asyncio::http
