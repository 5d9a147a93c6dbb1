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
    /// UTF-8 when it is a text.
    std::string data = {};
    bool binary = false;
};

/// What a connection is asked for.
struct Request {
    std::string url = {};
    std::vector<std::string> subprotocols = {};
    std::size_t max_size = 0;
    std::size_t max_queue = 0;
};

/// One connection on the wire: the browser's, or what a test puts in its place. Destroying it closes it.
class Connection {
public:
    virtual ~Connection() = default;

    /// Suspends until the handshake is done; gives the subprotocol. Raises InvalidUrl, ConnectError.
    virtual Coro<std::string> opened() = 0;
    /// Suspends until a message has come; nullopt once the connection has ended and all was taken.
    /// Cancelled, it loses none.
    virtual Coro<std::optional<Message>> receive() = 0;
    /// Suspends until the connection has ended.
    virtual Coro<> closed() = 0;
    /// Suspends while more than `most` bytes wait to be sent and the connection has not ended.
    virtual Coro<> drained(std::size_t most) = 0;

    virtual void send(std::string_view data, bool binary) = 0;
    /// Bytes that wait to be sent.
    virtual std::size_t buffered() const = 0;
    /// Messages that have come, received or not.
    virtual std::size_t arrived() const = 0;
    /// Starts to close; again it does nothing.
    virtual void close(int code, const std::string& reason) = 0;
    /// Ends it with a code that tells of a fault.
    virtual void fail(int code, const std::string& reason) = 0;
    /// Nothing while it is open.
    virtual std::optional<CloseInfo> end() const = 0;
};

/// The platform's own: the browser's. Elsewhere it raises ConnectError.
std::unique_ptr<Connection> open(const Request& request);

} // namespace asyncio::websocket
