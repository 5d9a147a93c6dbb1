#include "message.hpp"

#include "throw_error.hpp"

#include <format>
#include <limits>
#include <utility>

namespace asyncio::postgres::detail {
namespace {

constexpr std::size_t length_size = 4;
constexpr std::size_t longest_message = std::size_t{1} << 30U;
constexpr unsigned bits_of_byte = 8;

void put(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (std::size_t i = 0; i < length_size; ++i)
        bytes[at + i] = static_cast<char>(value >> (bits_of_byte * (length_size - 1 - i)));
}

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char c : bytes) value = (value << bits_of_byte) | static_cast<unsigned char>(c);
    return value;
}

std::string shown(char type) {
    return type > ' ' && type <= '~' ? std::string{'\'', type, '\''}
                                     : std::format("{}", static_cast<unsigned char>(type));
}

} // namespace

MessageWriter& MessageWriter::begin(char type) {
    if (type != 0) bytes_ += type;
    length_at_ = bytes_.size();
    bytes_.append(length_size, '\0');
    return *this;
}

MessageWriter& MessageWriter::byte(char value) {
    bytes_ += value;
    return *this;
}

MessageWriter& MessageWriter::int16(std::size_t value) {
    if (value > std::numeric_limits<std::uint16_t>::max())
        throw InterfaceError(std::format("{} parameters are more than PostgreSQL takes", value));
    bytes_ += static_cast<char>(value >> bits_of_byte);
    bytes_ += static_cast<char>(value);
    return *this;
}

MessageWriter& MessageWriter::int32(std::int64_t value) {
    bytes_.append(length_size, '\0');
    put(bytes_, bytes_.size() - length_size, static_cast<std::uint32_t>(value));
    return *this;
}

MessageWriter& MessageWriter::text(std::string_view value) {
    if (value.find('\0') != std::string_view::npos)
        throw_data_error("a text of the query contains a null character");
    bytes_.append(value);
    bytes_ += '\0';
    return *this;
}

MessageWriter& MessageWriter::bytes(std::string_view value) {
    bytes_.append(value);
    return *this;
}

void MessageWriter::end() {
    const std::size_t size = bytes_.size() - length_at_;
    if (size > longest_message) throw_data_error("a message of more than 1 GiB");
    put(bytes_, length_at_, static_cast<std::uint32_t>(size));
}

std::string MessageWriter::take() { return std::exchange(bytes_, {}); }

std::string_view MessageReader::take(std::size_t count) {
    if (count > rest_.size())
        throw ProtocolError("the server sent a message " + shown(type_) + " that is too short");
    const std::string_view taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
}

char MessageReader::byte() { return take(1).front(); }
std::uint16_t MessageReader::int16() { return static_cast<std::uint16_t>(big_endian(take(2))); }
std::int32_t MessageReader::int32() { return static_cast<std::int32_t>(big_endian(take(length_size))); }

std::string MessageReader::text() {
    std::string made(take(std::min(rest_.find('\0'), rest_.size())));
    take(1);
    return made;
}

std::string MessageReader::bytes(std::size_t count) { return std::string(take(count)); }
std::string MessageReader::rest() { return std::string(take(rest_.size())); }

void MessageSplitter::feed(std::string_view bytes) {
    bytes_.erase(0, std::exchange(at_, 0));
    bytes_.append(bytes);
}

std::optional<Message> MessageSplitter::next() {
    const std::string_view rest = std::string_view(bytes_).substr(at_);
    if (rest.size() < 1 + length_size) return std::nullopt;
    const std::size_t length = big_endian(rest.substr(1, length_size));
    if (length < length_size || length > longest_message)
        throw ProtocolError(std::format("the server sent a message {} of {} bytes: is it PostgreSQL?",
                                        shown(rest.front()), length));
    if (rest.size() < 1 + length) return std::nullopt;
    at_ += 1 + length;
    return Message{.type = rest.front(), .body = rest.substr(1 + length_size, length - length_size)};
}

} // namespace asyncio::postgres::detail
