#include "text.hpp"

#include <array>
#include <bit>
#include <climits>
#include <cstddef>
#include <cstdint>

// What the handshake of a WebSocket needs (RFC 6455, 1.3).

namespace asyncio::web::detail {
namespace {

constexpr std::size_t block_size = 64;
constexpr std::size_t length_size = 8;

// NOLINTBEGIN(*-magic-numbers): the numbers of SHA-1 and base64

using Sha1State = std::array<std::uint32_t, 5>;

std::uint32_t big_endian(std::string_view bytes) {
    std::uint32_t value = 0;
    for (const char byte : bytes) value = value << CHAR_BIT | static_cast<unsigned char>(byte);
    return value;
}

void add_block(Sha1State& state, std::string_view block) {
    std::array<std::uint32_t, 80> words{};
    for (std::size_t i = 0; i < 16; ++i) words[i] = big_endian(block.substr(i * 4, 4));
    for (std::size_t i = 16; i < words.size(); ++i)
        words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < words.size(); ++i) {
        std::uint32_t mixed = b ^ c ^ d;
        std::uint32_t constant = i < 40 ? 0x6ED9EBA1 : 0xCA62C1D6;
        if (i < 20) {
            mixed = (b & c) | (~b & d);
            constant = 0x5A827999;
        } else if (i >= 40 && i < 60) {
            mixed = (b & c) | (b & d) | (c & d);
            constant = 0x8F1BBCDC;
        }
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + constant + words[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
}

std::string sha1(std::string text) {
    const std::uint64_t bits = text.size() * CHAR_BIT;
    text += '\x80';
    while (text.size() % block_size != block_size - length_size) text += '\0';
    for (std::size_t i = 0; i < length_size; ++i)
        text += static_cast<char>(bits >> (CHAR_BIT * (length_size - 1 - i)) & UCHAR_MAX);
    Sha1State state{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    for (std::size_t at = 0; at < text.size(); at += block_size)
        add_block(state, std::string_view(text).substr(at, block_size));
    std::string digest;
    for (const std::uint32_t word : state)
        for (int shift = 24; shift >= 0; shift -= CHAR_BIT)
            digest += static_cast<char>(word >> shift & UCHAR_MAX);
    return digest;
}

} // namespace

std::string base64(std::string_view bytes) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = at; i < at + 3; ++i)
            group = group << CHAR_BIT | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0u);
        for (std::size_t digit = 0; digit < 4; ++digit)
            text += at + digit > bytes.size() ? '=' : digits[group >> (6 * (3 - digit)) & 63];
    }
    return text;
}

// NOLINTEND(*-magic-numbers)

std::string accept_of(std::string_view key) {
    return base64(sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
}

} // namespace asyncio::web::detail
