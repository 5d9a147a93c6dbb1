#include "input.hpp"

#include <asyncio/web/error.hpp>

#include <format>

namespace asyncio::web::detail {
namespace {
constexpr std::ptrdiff_t most_at_once = std::ptrdiff_t{64} * 1024;
} // namespace

Coro<bool> Input::fill() {
    const std::string piece = co_await reader_.read(most_at_once);
    if (piece.empty()) co_return false;
    buffer_.erase(0, std::exchange(taken_, 0));
    buffer_ += piece;
    co_return true;
}

std::string Input::take(std::size_t count) {
    std::string taken(view().substr(0, count));
    taken_ += taken.size();
    return taken;
}

Coro<std::string> Input::line(std::size_t most, int status_if_longer) {
    std::size_t searched = 0;
    for (;;) {
        const std::size_t end = view().find_first_of("\r\n", searched);
        if (end > most && view().size() > most)
            throw HTTPException(status_if_longer,
                                std::format("a line of the head is longer than {} bytes", most));
        if (end != std::string_view::npos) {
            if (view()[end] == '\n') throw HTTPBadRequest("a line ends with LF instead of CR LF");
            if (end + 1 < view().size()) {
                if (view()[end + 1] != '\n') throw HTTPBadRequest("a line contains a CR that no LF follows");
                std::string text = take(end);
                drop(2);
                co_return text;
            }
        }
        searched = std::min(end, view().size());
        if (!co_await fill()) throw BrokenOff();
    }
}

} // namespace asyncio::web::detail
