#pragma once

#include "../streams/send_buffer.hpp"
#include "selector.hpp"
#include "socket.hpp"

#include <asyncio/detail/stream_link.hpp>
#include <asyncio/event_loop.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::native {

/// One end of a TCP connection, after asyncio's _SelectorSocketTransport.
class SocketTransport final : public detail::StreamTransport {
public:
    SocketTransport(EventLoop& loop, const std::shared_ptr<Selector>& selector,
                    const std::shared_ptr<detail::StreamLink>& link, Socket socket,
                    std::optional<Address> peer);
    SocketTransport(const SocketTransport&) = delete;
    SocketTransport& operator=(const SocketTransport&) = delete;
    ~SocketTransport() override = default;

    void write(std::string_view data) override;
    void write_eof() override;
    bool can_write_eof() const override { return true; }
    void close() override;
    void abort() override;
    bool is_closing() const override { return state_ != State::open; }
    void pause_reading() override { reading_.stop(); }
    void resume_reading() override;
    std::optional<std::string> extra_info(std::string_view name) const override;

private:
    enum class State : std::uint8_t {
        open,
        /// Sends what is in the buffer.
        closing,
        /// Ends in the next turn.
        ending,
        ended,
    };

    void read_in();
    void write_out();
    void end_soon(std::exception_ptr error);
    void end(const std::exception_ptr& error);

    EventLoop& loop_;
    std::weak_ptr<detail::StreamLink> link_;
    Socket socket_;
    std::optional<Address> own_;
    std::optional<Address> peer_;
    Watch reading_;
    Watch writing_;
    detail::SendBuffer waiting_;
    State state_ = State::open;
    bool eof_written_ = false;
    bool eof_read_ = false;
};

/// The link of a connection, which does not read before resume_reading(). `peer`: nullopt if it has gone.
std::shared_ptr<detail::StreamLink> link_of(EventLoop& loop, const std::shared_ptr<Selector>& selector,
                                            Socket socket, std::optional<Address> peer, std::size_t limit);

} // namespace asyncio::native
