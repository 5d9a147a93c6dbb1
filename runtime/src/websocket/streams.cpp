#include "stream_transport.hpp"

#include <asyncio/websocket/streams.hpp>

namespace asyncio {

Coro<std::pair<StreamReader, StreamWriter>>
open_websocket_connection(std::string url, websocket::ConnectOptions options, std::size_t limit) {
    websocket::Opened opened = co_await websocket::handshake(url, options);
    EventLoop& loop = get_running_loop();
    auto link = std::make_shared<detail::StreamLink>(loop, limit);
    link->transport = std::make_unique<websocket::StreamTransport>(loop, link, std::move(opened.connection),
                                                                   std::move(url), options.write_limit);
    co_return std::pair(StreamReader(link), StreamWriter(link));
}

} // namespace asyncio
