#pragma once

#include "handshake.hpp"

#include <asyncio/detail/stream_link.hpp>
#include <asyncio/event.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/task.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::websocket {

/// One end of a byte stream carried by WebSocket messages.
class StreamTransport final : public detail::StreamTransport {
public:
    StreamTransport(EventLoop& loop, const std::shared_ptr<detail::StreamLink>& link,
                    std::shared_ptr<Connection> connection, std::string url, std::size_t write_limit);
    StreamTransport(const StreamTransport&) = delete;
    StreamTransport& operator=(const StreamTransport&) = delete;
    ~StreamTransport() override;

    void write(std::string_view data) override;
    void write_eof() override;
    bool can_write_eof() const override { return false; }
    void close() override;
    void abort() override { close(); }
    bool is_closing() const override { return closing_ || connection_->end().has_value(); }
    void pause_reading() override {
        if (!closing_) reading_->clear();
    }
    void resume_reading() override { reading_->set(); }
    std::optional<std::string> extra_info(std::string_view name) const override;

private:
    using Link = std::weak_ptr<detail::StreamLink>;
    static Coro<> pump(std::shared_ptr<Connection> connection, std::shared_ptr<Event> reading, Link link);
    static Coro<> drain(std::shared_ptr<Connection> connection, std::size_t most, Link link);

    EventLoop& loop_;
    Link link_;
    std::shared_ptr<Connection> connection_;
    std::shared_ptr<Event> reading_ = std::make_shared<Event>();
    std::string url_;
    std::size_t write_limit_;
    Task<> pumping_;
    std::optional<Task<>> draining_;
    bool closing_ = false;
};

} // namespace asyncio::websocket
