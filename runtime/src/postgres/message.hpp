#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio::postgres::detail {

/// Writes messages of PostgreSQL's protocol 3.0 one after another.
class MessageWriter {
public:
    /// Begins a message; `type` 0: one without a type, as at the start of a connection.
    MessageWriter& begin(char type);
    MessageWriter& byte(char value);
    MessageWriter& int16(std::size_t value);
    MessageWriter& int32(std::int64_t value);
    /// Ended by a 0. Raises DataError if it contains one.
    MessageWriter& text(std::string_view value);
    MessageWriter& bytes(std::string_view value);
    /// Ends the message that was begun.
    void end();

    std::string take();
    std::size_t size() const noexcept { return bytes_.size(); }

private:
    std::string bytes_;
    /// Where the length of the message is.
    std::size_t length_at_ = 0;
};

/// One message of the server.
struct Message {
    char type;
    std::string_view body;
};

/// Takes fields off the body of a message. Raises ProtocolError where it is too short.
class MessageReader {
public:
    explicit MessageReader(const Message& message) : type_(message.type), rest_(message.body) {}

    bool at_end() const noexcept { return rest_.empty(); }
    char byte();
    std::uint16_t int16();
    std::int32_t int32();
    std::string text();
    std::string bytes(std::size_t count);
    std::string rest();

private:
    std::string_view take(std::size_t count);

    char type_;
    std::string_view rest_;
};

/// Cuts the bytes of a connection into messages.
class MessageSplitter {
public:
    void feed(std::string_view bytes);
    /// The next complete message, valid until feed(). Raises ProtocolError for a length that no message has.
    std::optional<Message> next();

private:
    std::string bytes_;
    std::size_t at_ = 0;
};

} // namespace asyncio::postgres::detail
