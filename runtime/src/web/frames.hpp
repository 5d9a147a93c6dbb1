#pragma once

#include "input.hpp"

#include <asyncio/coro.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/event.hpp>
#include <asyncio/streams/stream_writer.hpp>
#include <asyncio/websocket/connection.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::web::detail {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

/// One end of a WebSocket on a connection whose handshake is done (RFC 6455). A client masks what it sends.
class FrameSocket {
public:
    enum class Side : std::uint8_t { server, client };

    FrameSocket(std::shared_ptr<Input> input, StreamWriter writer, Side side, std::size_t max_size,
                MaybeDelay write_timeout = std::nullopt);

    /// Suspends until a message has arrived; nullopt once the connection has ended. Answers pings and the peer's close
    /// frame. If cancelled, no message is lost.
    Coro<std::optional<websocket::Message>> receive();
    /// Writes a frame, unless the connection is closing; does not suspend.
    void send(Opcode opcode, std::string_view data);
    /// Suspends while the connection takes no more data. If it is broken, or that lasts too long, that is its end().
    Coro<> drain();
    /// Sends the close frame, once; does not suspend.
    void close(int code, std::string_view reason);
    /// The same, by the program's wish: such an end is no error, whatever its code.
    void leave(int code, std::string_view reason) {
        leaving_ = true;
        close(code, reason);
    }
    bool is_leaving() const noexcept { return leaving_; }
    /// Suspends until the peer has answered the close frame, or the time has passed: then the connection breaks off.
    Coro<> wait_closed(MaybeDelay patience);

    const std::optional<websocket::CloseInfo>& end() const noexcept { return end_; }
    /// The peer is gone, or does not answer.
    void break_off() { finish({.code = websocket::codes::broken_off}); }

    /// The number of messages, and of frames of any kind, that have arrived.
    std::size_t arrived() const noexcept { return arrived_; }
    std::size_t frames() const noexcept { return frames_; }

private:
    struct Frame {
        bool final;
        Opcode opcode;
        std::string payload;
    };

    struct FrameHead {
        bool final;
        bool masked;
        Opcode opcode;
        /// Of the head, without the mask, and of the payload.
        std::size_t size;
        std::uint64_t length;
    };

    /// Suspends until so many bytes have arrived.
    Coro<> have(std::size_t count);
    Coro<FrameHead> read_frame_head();
    Coro<Frame> read_frame();
    Coro<std::optional<websocket::Message>> read_message();
    std::optional<websocket::Message> joined(const Frame& frame);
    void answer_close(const std::string& payload);
    Coro<> until_end();
    void finish(websocket::CloseInfo info);

    std::shared_ptr<Input> input_;
    StreamWriter writer_;
    Side side_;
    std::size_t max_size_;
    MaybeDelay write_timeout_;
    /// The parts of a message whose last frame has not arrived.
    std::optional<websocket::Message> partial_ = {};
    std::optional<websocket::CloseInfo> end_ = {};
    Event ended_;
    std::size_t arrived_ = 0;
    std::size_t frames_ = 0;
    bool close_sent_ = false;
    bool receiving_ = false;
    bool leaving_ = false;
};

/// Whether an endpoint may send it in a close frame.
bool is_close_code(int code);

} // namespace asyncio::web::detail
