#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/stream_link.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace asyncio {

/// The sending side of a connection: a shared handle, like a reference in Python. When the last handle is
/// destroyed, the connection is closed.
class StreamWriter {
public:
    explicit StreamWriter(std::shared_ptr<detail::StreamLink> link);

    /// Queues the bytes for sending; does not suspend. Follow it with `co_await writer.drain()`, or the
    /// buffer grows without bound.
    void write(std::string_view data) const { link_->transport->write(data); }
    template <class Range> void writelines(const Range& lines) const {
        for (const auto& line : lines) write(line);
    }
    /// Closes the sending direction; data can still be received.
    void write_eof() const { link_->transport->write_eof(); }
    bool can_write_eof() const { return link_->transport->can_write_eof(); }

    /// Back-pressure: suspends while the send buffer is above the connection's high-water mark; resumes when
    /// most of it has been sent. Raises ConnectionResetError if the peer has closed the connection.
    Coro<> drain() const { return drain_of(link_); }

    /// Sends the buffered data, then closes the connection in both directions. Does not suspend.
    void close() const { link_->transport->close(); }
    /// Closes the connection at once; buffered data is lost. Does not suspend. Python's writer.transport.abort().
    void abort() const { link_->transport->abort(); }
    bool is_closing() const { return link_->transport->is_closing(); }
    /// Suspends until the connection has ended; raises the error that broke it.
    Coro<> wait_closed() const { return closed_of(link_); }

    /// "peername" and "sockname": "127.0.0.1:8888". nullopt for a name that the connection does not support.
    std::optional<std::string> get_extra_info(std::string_view name) const {
        return link_->transport->extra_info(name);
    }

private:
    using Link = std::shared_ptr<detail::StreamLink>;
    static Coro<> drain_of(Link link);
    static Coro<> closed_of(Link link);

    detail::Checked<Link> link_;
    std::shared_ptr<void> closes_with_the_last_;
};

} // namespace asyncio
