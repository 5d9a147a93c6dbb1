#include <asyncio/event_loop.hpp>
#include <asyncio/stream_reader.hpp>

namespace asyncio {

Coro<std::string> StreamReader::read_from(Link link, std::optional<std::size_t> most) {
    co_return co_await link->buffer.read(most);
}
Coro<std::string> StreamReader::readexactly_from(Link link, std::size_t count) {
    co_return co_await link->buffer.readexactly(count);
}
Coro<std::string> StreamReader::readuntil_from(Link link, std::string separator) {
    co_return co_await link->buffer.readuntil(std::move(separator));
}
Coro<std::string> StreamReader::readline_from(Link link) { co_return co_await link->buffer.readline(); }
Coro<std::optional<std::string>> StreamReader::next_from(Link link) {
    std::string line = co_await link->buffer.readline();
    if (line.empty()) co_return std::nullopt;
    co_return line;
}

StreamReader make_stream_reader(std::size_t limit) {
    return StreamReader(std::make_shared<detail::StreamLink>(get_running_loop(), limit));
}

} // namespace asyncio
