#pragma once

#include <asyncio/coro.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace asyncio::postgres::detail {

/// Carries the bytes of a connection.
class Channel {
public:
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;

    virtual void write(std::string_view bytes) = 0;
    /// Suspends while too much is unsent.
    virtual Coro<> drain() = 0;
    /// Suspends until bytes have arrived; empty at the end. If cancelled, nothing is lost.
    virtual Coro<std::string> read() = 0;
    /// Sends what is written, then ends.
    virtual void close() = 0;
    virtual void abort() = 0;
};

/// A TCP connection; in a page, one to the page's own database for "postgres.test", and for a loopback address on
/// whose port no server of the program listens. Raises OSError.
Coro<std::unique_ptr<Channel>> open_channel(std::string host, std::uint16_t port);

/// The host of a connection that names none.
std::string default_host();

} // namespace asyncio::postgres::detail
