#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/streams/stream_reader.hpp>
#include <asyncio/streams/stream_writer.hpp>
#include <asyncio/websocket/websocket.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace asyncio {

/// A byte stream over a WebSocket: a write is sent as a binary message, a long one as several; message
/// boundaries are not visible to the reader. Suspends and raises like websocket::connect(). A WebSocket
/// cannot be closed in one direction only: write_eof() raises RuntimeError. The heartbeat of `options` is not
/// sent.
Coro<std::pair<StreamReader, StreamWriter>>
open_websocket_connection(std::string url, websocket::ConnectOptions options = {},
                          std::size_t limit = StreamReader::default_limit);

} // namespace asyncio
