#pragma once

#include "send_buffer.hpp"

#include <asyncio/detail/stream_link.hpp>
#include <asyncio/event_loop.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::detail {

class LoopbackTransport;

/// One direction of a connection: the data in transit, like a kernel's socket buffers. It outlives the
/// writing end, so that data written before a close still arrives.
class Channel {
public:
    static constexpr std::size_t capacity = std::size_t{256} * 1024;

    /// Returns the number of bytes accepted.
    std::size_t push(std::string_view data);
    std::string take();
    void end();

    bool ended() const noexcept { return ended_; }
    bool empty() const noexcept { return data_.empty(); }

    /// Null if that end is destroyed.
    LoopbackTransport* reader = nullptr;
    LoopbackTransport* writer = nullptr;
    /// Keeps the writing end alive until all its data is pushed, after the program has dropped it.
    std::shared_ptr<StreamLink> writing;

private:
    std::string data_;
    bool ended_ = false;
};

/// One end of a connection inside the program.
class LoopbackTransport final : public StreamTransport {
public:
    LoopbackTransport(EventLoop& loop, const std::shared_ptr<StreamLink>& link, std::shared_ptr<Channel> in,
                      std::shared_ptr<Channel> out, std::string own_name, std::string peer_name);
    LoopbackTransport(const LoopbackTransport&) = delete;
    LoopbackTransport& operator=(const LoopbackTransport&) = delete;
    ~LoopbackTransport() override;

    void write(std::string_view data) override;
    void write_eof() override;
    bool can_write_eof() const override { return true; }
    void close() override;
    void abort() override;
    bool is_closing() const override { return closing_; }
    void pause_reading() override { reading_paused_ = true; }
    void resume_reading() override;
    std::optional<std::string> extra_info(std::string_view name) const override;

    // Called by the channels, in the next turn.
    void readable();
    void writable();
    void reset();

private:
    using Step = void (LoopbackTransport::*)();
    void soon(Step step);
    void read_in();
    void write_out();
    void end_well();
    void end_reset();
    void finish(const std::exception_ptr& error);

    EventLoop& loop_;
    std::weak_ptr<StreamLink> link_;
    std::shared_ptr<Channel> in_;
    std::shared_ptr<Channel> out_;
    std::string own_name_;
    std::string peer_name_;
    SendBuffer waiting_;
    bool reading_paused_ = false;
    bool eof_written_ = false;
    bool eof_read_ = false;
    bool closing_ = false;
    bool finished_ = false;
};

} // namespace asyncio::detail
