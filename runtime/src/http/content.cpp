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

Coro<std::string> Content::read_of(Self self, std::optional<std::size_t> most) {
    if (most) {
        while (self->held() == 0 && *most > 0 && co_await self->more()) {
        }
        co_return self->take(*most);
    }
    while (co_await self->more()) {
    }
    co_return self->take(self->held());
}

Coro<std::string> Content::readany_of(Self self) {
    while (self->held() == 0 && co_await self->more()) {
    }
    co_return self->take(self->held());
}

Coro<std::string> Content::readexactly_of(Self self, std::ptrdiff_t wanted) {
    const std::size_t count = asyncio::detail::size_of_at_least(wanted, 0, "the count of readexactly()");
    while (self->held() < count) {
        if (!co_await self->more()) throw IncompleteReadError(self->take(self->held()), count);
    }
    co_return self->take(count);
}

Coro<std::string> Content::readline_of(Self self) {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = self->buffer_.find('\n', self->taken_ + searched);
        const std::size_t length = end == std::string::npos ? self->held() : end - self->taken_ + 1;
        if (length > longest_line)
            throw ValueError(
                std::format("a line of the body is longer than {} bytes: use read() instead", longest_line));
        if (end != std::string::npos) co_return self->take(length);
        searched = self->held();
        if (!co_await self->more()) co_return self->take(self->held());
    }
}

AsyncGenerator<std::string> Content::chunks_of(Self self, std::ptrdiff_t wanted) {
    const std::size_t size = asyncio::detail::size_of_at_least(wanted, 1, "the size of iter_chunked()");
    for (;;) {
        while (self->held() < size && co_await self->more()) {
        }
        if (self->held() == 0) co_return;
        co_yield self->take(size);
    }
}

AsyncGenerator<std::string> Content::pieces_of(Self self) {
    for (;;) {
        std::string piece = co_await readany_of(self);
        if (piece.empty()) co_return;
        co_yield std::move(piece);
    }
}

AsyncGenerator<std::string> Content::lines_of(Self self) {
    for (;;) {
        std::string line = co_await readline_of(self);
        if (line.empty()) co_return;
        co_yield std::move(line);
    }
}

} // namespace asyncio::http
