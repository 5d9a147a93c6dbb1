#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/websocket/error.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::websocket {

struct Message {
    /// UTF-8 for a text message.
    std::string data = {};
    bool binary = false;
};

/// The parameters of a connection.
struct Request {
    std::string url = {};
    std::vector<std::string> subprotocols = {};
    std::size_t max_size = 0;
    std::size_t max_queue = 0;
};

/// A connection on the wire: the browser's, or a test's replacement. Destroying it closes it.
class Connection {
public:
    virtual ~Connection() = default;

    /// Suspends until the handshake is done; returns the subprotocol. Raises InvalidUrl, ConnectError.
    virtual Coro<std::string> opened() = 0;
    /// Suspends until a message has arrived; nullopt once the connection has ended and all messages were
    /// received. If cancelled, no message is lost.
    virtual Coro<std::optional<Message>> receive() = 0;
    /// Suspends until the connection has ended.
    virtual Coro<> closed() = 0;
    /// Suspends while more than `most` bytes are waiting to be sent and the connection is open.
    virtual Coro<> drained(std::size_t most) = 0;

    virtual void send(std::string_view data, bool binary) = 0;
    /// The number of bytes waiting to be sent.
    virtual std::size_t buffered() const = 0;
    /// The number of messages that have arrived, received or not.
    virtual std::size_t arrived() const = 0;
    /// Starts the closing handshake; further calls have no effect.
    virtual void close(int code, const std::string& reason) = 0;
    /// Closes the connection with a code that indicates an error.
    virtual void fail(int code, const std::string& reason) = 0;
    /// nullopt while the connection is open.
    virtual std::optional<CloseInfo> end() const = 0;
};

/// Opens a connection of the platform: the browser's. Elsewhere it raises ConnectError.
std::unique_ptr<Connection> open(const Request& request);

} // namespace asyncio::websocket
