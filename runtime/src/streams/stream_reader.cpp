#include <asyncio/event_loop.hpp>
#include <asyncio/streams/stream_reader.hpp>

namespace asyncio {

Coro<std::string> StreamReader::read_from(Link link, std::optional<std::size_t> most) {
    co_return co_await link->buffer.read(most);
}
Coro<std::string> StreamReader::readexactly_from(Link link, std::ptrdiff_t count) {
    co_return co_await link->buffer.readexactly(
        detail::size_of_at_least(count, 0, "the count of readexactly()"));
}
Coro<std::string> StreamReader::readuntil_from(Link link, std::vector<std::string> separators) {
    co_return co_await link->buffer.readuntil(std::move(separators));
}
Coro<std::string> StreamReader::readline_from(Link link) { co_return co_await link->buffer.readline(); }
Coro<std::optional<std::string>> StreamReader::next_from(Link link) {
    std::string line = co_await link->buffer.readline();
    if (line.empty()) co_return std::nullopt;
    co_return line;
}

StreamReader make_stream_reader(std::ptrdiff_t limit) {
    return StreamReader(std::make_shared<detail::StreamLink>(
        get_running_loop(), detail::size_of_at_least(limit, 1, "a StreamReader's limit")));
}

} // namespace asyncio
