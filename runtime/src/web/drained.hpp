#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/streams/stream_writer.hpp>

namespace asyncio::web::detail {

/// As StreamWriter::drain(), but a connection that takes no data for so long is broken off: ConnectionResetError.
Coro<> drained(StreamWriter writer, MaybeDelay timeout);

} // namespace asyncio::web::detail
