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

/// Sends bytes over a connection: a shared handle, as a reference is in Python. When the last handle
/// goes, the connection is closed.
class StreamWriter {
public:
    explicit StreamWriter(std::shared_ptr<detail::StreamLink> link);

    /// Hands the bytes over; does not suspend. Follow it with `co_await writer.drain()`, or data piles up.
    void write(std::string_view data) const { link_->transport->write(data); }
    template <class Range> void writelines(const Range& lines) const {
        for (const auto& line : lines) write(line);
    }
    /// Ends what is sent; what comes can still be read.
    void write_eof() const { link_->transport->write_eof(); }
    bool can_write_eof() const { return link_->transport->can_write_eof(); }

    /// Suspends while more waits to be sent than the connection likes; resumes when most of it is
    /// gone. Raises ConnectionResetError when the other end is gone.
    Coro<> drain() const { return drain_of(link_); }

    /// Sends what was written, then ends the connection in both directions. Does not suspend.
    void close() const { link_->transport->close(); }
    bool is_closing() const { return link_->transport->is_closing(); }
    /// Suspends until the connection has ended; raises what it broke with.
    Coro<> wait_closed() const { return closed_of(link_); }

    /// "peername" and "sockname": "127.0.0.1:8888". nullopt for what the connection does not know.
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
