#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/streams/stream_reader.hpp>
#include <asyncio/streams/stream_writer.hpp>
#include <asyncio/websocket/websocket.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace asyncio {

/// A stream of bytes over a WebSocket: a write is a binary message, a long one several; where one
/// message ends and the next begins is not seen by the reader. Suspends and raises as
/// websocket::connect(). A WebSocket has no end in one direction only: write_eof() raises RuntimeError.
/// The heartbeat of `options` is not sent.
Coro<std::pair<StreamReader, StreamWriter>>
open_websocket_connection(std::string url, websocket::ConnectOptions options = {},
                          std::size_t limit = StreamReader::default_limit);

} // namespace asyncio
