#include "frames.hpp"

#include "drained.hpp"

#include <asyncio/detail/finally.hpp>
#include <asyncio/detail/utf8.hpp>
#include <asyncio/error.hpp>
#include <asyncio/wait_for.hpp>

#include <climits>
#include <format>
#include <random>
#include <utility>

namespace asyncio::web::detail {
namespace {

namespace codes = websocket::codes;
constexpr int protocol_error = 1002;
constexpr int not_utf8 = 1007;
constexpr int too_big = 1009;

constexpr unsigned final_bit = 0x80;
constexpr unsigned mask_bit = 0x80;
constexpr unsigned reserved_bits = 0x70;
constexpr unsigned opcode_bits = 0x0F;
constexpr unsigned longest_short = 125;
constexpr unsigned length_in_two_bytes = 126;
constexpr unsigned length_in_eight_bytes = 127;
constexpr std::size_t long_length_size = 8;
constexpr std::size_t mask_size = 4;

/// What the peer did against the protocol.
struct Violation {
    int code;
    std::string reason;
};

std::uint64_t big_endian_number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << CHAR_BIT | static_cast<unsigned char>(byte);
    return value;
}

void append_number(std::string& text, std::uint64_t value, std::size_t size) {
    for (std::size_t i = size; i-- > 0;) text += static_cast<char>(value >> (CHAR_BIT * i) & UCHAR_MAX);
}

void apply_mask(std::string& payload, std::string_view mask) {
    for (std::size_t i = 0; i < payload.size(); ++i)
        payload[i] = static_cast<char>(payload[i] ^ mask[i % mask_size]);
}

bool is_control(Opcode opcode) {
    return static_cast<unsigned>(opcode) >= static_cast<unsigned>(Opcode::close);
}

Opcode checked_opcode(unsigned bits) {
    constexpr unsigned last_data = 2;
    constexpr unsigned first_control = 8;
    constexpr unsigned last_control = 10;
    if (bits > last_data && (bits < first_control || bits > last_control))
        throw Violation{.code = protocol_error, .reason = "unknown opcode"};
    return static_cast<Opcode>(bits);
}

} // namespace

bool is_close_code(int code) {
    constexpr int first_own = 3000;
    constexpr int last_own = 4999;
    constexpr int reserved = 1004;
    constexpr int last_known = 1014;
    if (code >= first_own && code <= last_own) return true;
    return code >= codes::normal && code <= last_known && code != reserved && code != codes::none &&
           code != codes::broken_off;
}

FrameSocket::FrameSocket(std::shared_ptr<Input> input, StreamWriter writer, Side side, std::size_t max_size,
                         MaybeDelay write_timeout)
    : input_(std::move(input)), writer_(std::move(writer)), side_(side), max_size_(max_size),
      write_timeout_(write_timeout) {}

void FrameSocket::send(Opcode opcode, std::string_view data) {
    if (close_sent_ || end_) return;
    close_sent_ = opcode == Opcode::close;
    std::string frame;
    frame += static_cast<char>(final_bit | static_cast<unsigned>(opcode));
    const unsigned masked = side_ == Side::client ? mask_bit : 0;
    if (data.size() <= longest_short) {
        frame += static_cast<char>(masked | data.size());
    } else if (data.size() <= UINT16_MAX) {
        frame += static_cast<char>(masked | length_in_two_bytes);
        append_number(frame, data.size(), 2);
    } else {
        frame += static_cast<char>(masked | length_in_eight_bytes);
        append_number(frame, data.size(), long_length_size);
    }
    if (side_ == Side::client) {
        std::string mask;
        append_number(mask, std::random_device()(), mask_size);
        frame += mask;
        std::string payload(data);
        apply_mask(payload, mask);
        frame += payload;
    } else {
        frame += data;
    }
    writer_.write(frame);
}

Coro<> FrameSocket::drain() {
    try {
        co_await drained(writer_, write_timeout_);
    } catch (const ConnectionError&) {
        break_off();
    }
}

void FrameSocket::close(int code, std::string_view reason) {
    std::string payload;
    if (code != codes::none) append_number(payload, static_cast<std::uint64_t>(code), 2);
    send(Opcode::close, payload + std::string(reason));
}

void FrameSocket::finish(websocket::CloseInfo info) {
    if (end_) return;
    end_ = std::move(info);
    ended_.set();
    // The server closes the connection; a client waits for that, which it sees at its next read.
    if (!writer_.is_closing()) writer_.close();
}

Coro<> FrameSocket::have(std::size_t count) {
    while (input_->view().size() < count)
        if (!co_await input_->fill()) throw BrokenOff();
}

Coro<FrameSocket::FrameHead> FrameSocket::read_frame_head() {
    co_await have(2);
    const auto first = static_cast<unsigned char>(input_->view()[0]);
    const auto second = static_cast<unsigned char>(input_->view()[1]);
    if ((first & reserved_bits) != 0)
        throw Violation{.code = protocol_error, .reason = "reserved bits are set"};
    FrameHead head{.final = (first & final_bit) != 0,
                   .masked = (second & mask_bit) != 0,
                   .opcode = checked_opcode(first & opcode_bits),
                   .size = 2,
                   .length = second & ~mask_bit};
    if (head.masked != (side_ == Side::server))
        throw Violation{.code = protocol_error,
                        .reason = head.masked ? "a masked frame" : "a frame without a mask"};
    if (is_control(head.opcode) && (!head.final || head.length > longest_short))
        throw Violation{.code = protocol_error, .reason = "a control frame is too long or in parts"};
    if (head.length > longest_short) {
        const std::size_t size = head.length == length_in_two_bytes ? 2 : long_length_size;
        const std::uint64_t longest_shorter = size == 2 ? longest_short : UINT16_MAX;
        co_await have(head.size + size);
        head.length = big_endian_number(input_->view().substr(head.size, size));
        head.size += size;
        if (head.length <= longest_shorter || head.length > static_cast<std::uint64_t>(INT64_MAX))
            throw Violation{.code = protocol_error, .reason = "a length is not in its shortest form"};
    }
    co_return head;
}

Coro<FrameSocket::Frame> FrameSocket::read_frame() {
    // Nothing is taken before the frame is complete, so that a cancel loses nothing.
    const FrameHead head = co_await read_frame_head();
    const std::size_t so_far = partial_ ? partial_->data.size() : 0;
    if (!is_control(head.opcode) && (head.length > max_size_ || so_far + head.length > max_size_))
        throw Violation{.code = too_big,
                        .reason = std::format("a message is larger than {} bytes", max_size_)};
    const std::size_t mask_length = head.masked ? mask_size : 0;
    co_await have(head.size + mask_length + static_cast<std::size_t>(head.length));
    input_->drop(head.size);
    const std::string mask = input_->take(mask_length);
    std::string payload = input_->take(static_cast<std::size_t>(head.length));
    if (head.masked) apply_mask(payload, mask);
    co_return Frame{.final = head.final, .opcode = head.opcode, .payload = std::move(payload)};
}

std::optional<websocket::Message> FrameSocket::joined(const Frame& frame) {
    if ((frame.opcode == Opcode::continuation) != partial_.has_value())
        throw Violation{.code = protocol_error,
                        .reason = "a continuation without a beginning, or none where it was due"};
    if (!partial_) partial_.emplace(websocket::Message{.binary = frame.opcode == Opcode::binary});
    partial_->data += frame.payload;
    if (!frame.final) return std::nullopt;
    websocket::Message message = *std::exchange(partial_, std::nullopt);
    if (!message.binary && !asyncio::detail::is_valid_utf8(message.data))
        throw Violation{.code = not_utf8, .reason = "a text is not UTF-8"};
    return message;
}

void FrameSocket::answer_close(const std::string& payload) {
    websocket::CloseInfo info{.code = codes::none};
    if (payload.size() == 1) throw Violation{.code = protocol_error, .reason = "a close frame of one byte"};
    if (payload.size() > 1) {
        info.code = static_cast<int>(big_endian_number(std::string_view(payload).substr(0, 2)));
        info.reason = payload.substr(2);
        if (!is_close_code(info.code))
            throw Violation{.code = protocol_error, .reason = "a close code that must not be sent"};
        if (!asyncio::detail::is_valid_utf8(info.reason))
            throw Violation{.code = not_utf8, .reason = "a close reason is not UTF-8"};
    }
    close(info.code, "");
    finish(std::move(info));
}

Coro<std::optional<websocket::Message>> FrameSocket::read_message() {
    while (!end_) {
        const Frame frame = co_await read_frame();
        ++frames_;
        // After the close frame of this end the peer's messages no longer matter, as in the browsers' API.
        if (frame.opcode == Opcode::close) {
            answer_close(frame.payload);
        } else if (frame.opcode == Opcode::ping) {
            send(Opcode::pong, frame.payload);
            co_await drain();
        } else if (frame.opcode != Opcode::pong) {
            if (std::optional<websocket::Message> message = joined(frame); message && !close_sent_) {
                ++arrived_;
                co_return message;
            }
        }
    }
    co_return std::nullopt;
}

Coro<std::optional<websocket::Message>> FrameSocket::receive() {
    if (receiving_)
        throw RuntimeError(
            "another task is already receiving from this WebSocket: only one can receive at a time");
    receiving_ = true;
    const asyncio::detail::Finally over([this] { receiving_ = false; });
    try {
        co_return co_await read_message();
    } catch (const Violation& violation) {
        close(violation.code, violation.reason);
        finish({.code = violation.code, .reason = violation.reason});
    } catch (const BrokenOff&) {
        break_off();
    } catch (const ConnectionError&) {
        break_off();
    }
    co_return std::nullopt;
}

Coro<> FrameSocket::until_end() {
    if (receiving_) co_return (void) co_await ended_.wait();
    while (!end_) co_await receive();
}

Coro<> FrameSocket::wait_closed(MaybeDelay patience) {
    try {
        co_await wait_for(until_end(), patience);
    } catch (const TimeoutError&) {
        break_off();
    }
}

} // namespace asyncio::web::detail
