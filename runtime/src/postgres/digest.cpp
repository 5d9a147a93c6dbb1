#include "digest.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

// NOLINTBEGIN(*-magic-numbers): the numbers of MD5 (RFC 1321), SHA-256 (FIPS 180-4) and base64
namespace asyncio::postgres::detail {
namespace {

constexpr std::size_t block_size = 64;

/// The text, a 1 bit, zeros, and its length in bits.
std::string padded(std::string_view text, std::endian order) {
    std::string made(text);
    made += '\x80';
    while (made.size() % block_size != block_size - 8) made += '\0';
    const std::uint64_t bits = std::uint64_t{text.size()} * 8;
    for (unsigned i = 0; i < 8; ++i)
        made += static_cast<char>(bits >> (8 * (order == std::endian::big ? 7 - i : i)));
    return made;
}

std::uint32_t word_at(std::string_view bytes, std::size_t at, std::endian order) {
    std::uint32_t word = 0;
    for (unsigned i = 0; i < 4; ++i)
        word |= std::uint32_t{static_cast<unsigned char>(bytes[at + i])}
                << (8 * (order == std::endian::big ? 3 - i : i));
    return word;
}

void append(std::string& bytes, std::uint32_t word, std::endian order) {
    for (unsigned i = 0; i < 4; ++i)
        bytes += static_cast<char>(word >> (8 * (order == std::endian::big ? 3 - i : i)));
}

constexpr std::array<std::uint32_t, 64> sha256_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::string md5(std::string_view text) {
    constexpr std::array<int, 16> shifts = {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
    std::array<std::uint32_t, 4> state = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    const std::string bytes = padded(text, std::endian::little);
    for (std::size_t block = 0; block < bytes.size(); block += block_size) {
        auto [a, b, c, d] = state;
        for (unsigned i = 0; i < 64; ++i) {
            std::uint32_t mixed = 0;
            unsigned word = i;
            switch (i / 16) {
            case 0: mixed = (b & c) | (~b & d); break;
            case 1:
                mixed = (d & b) | (~d & c);
                word = (5 * i + 1) % 16;
                break;
            case 2:
                mixed = b ^ c ^ d;
                word = (3 * i + 5) % 16;
                break;
            default:
                mixed = c ^ (b | ~d);
                word = (7 * i) % 16;
                break;
            }
            const auto constant =
                static_cast<std::uint32_t>(std::floor(std::abs(std::sin(i + 1.0)) * 4294967296.0));
            const std::uint32_t sum =
                mixed + a + constant + word_at(bytes, block + (std::size_t{word} * 4), std::endian::little);
            a = d;
            d = c;
            c = b;
            b += std::rotl(sum, shifts.at((i / 16 * 4) + (i % 4)));
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
    std::string digest;
    for (const std::uint32_t word : state) append(digest, word, std::endian::little);
    return digest;
}

std::string sha256(std::string_view text) {
    std::array<std::uint32_t, 8> state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                          0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const std::string bytes = padded(text, std::endian::big);
    for (std::size_t block = 0; block < bytes.size(); block += block_size) {
        std::array<std::uint32_t, 64> words{};
        for (std::size_t i = 0; i < 16; ++i) words.at(i) = word_at(bytes, block + (i * 4), std::endian::big);
        for (std::size_t i = 16; i < 64; ++i) {
            const std::uint32_t early = words.at(i - 15);
            const std::uint32_t late = words.at(i - 2);
            words.at(i) = words.at(i - 16) + words.at(i - 7) +
                          (std::rotr(early, 7) ^ std::rotr(early, 18) ^ (early >> 3U)) +
                          (std::rotr(late, 17) ^ std::rotr(late, 19) ^ (late >> 10U));
        }
        auto [a, b, c, d, e, f, g, h] = state;
        for (std::size_t i = 0; i < 64; ++i) {
            const std::uint32_t first = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) +
                                        ((e & f) ^ (~e & g)) + sha256_constants.at(i) + words.at(i);
            const std::uint32_t second =
                (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
        for (std::size_t i = 0; i < 8; ++i) state.at(i) += added.at(i);
    }
    std::string digest;
    for (const std::uint32_t word : state) append(digest, word, std::endian::big);
    return digest;
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
    std::string block = key.size() > block_size ? sha256(key) : std::string(key);
    block.resize(block_size, '\0');
    std::string inner;
    std::string outer;
    for (const char c : block) {
        inner += static_cast<char>(c ^ 0x36);
        outer += static_cast<char>(c ^ 0x5c);
    }
    return sha256(outer + sha256(inner + std::string(text)));
}

std::string salted_password(std::string_view password, std::string_view salt, unsigned iterations) {
    using namespace std::string_literals;
    std::string each = hmac_sha256(password, std::string(salt) + "\0\0\0\1"s);
    std::string made = each;
    for (unsigned i = 1; i < iterations; ++i) {
        each = hmac_sha256(password, each);
        for (std::size_t at = 0; at < made.size(); ++at) made[at] = static_cast<char>(made[at] ^ each[at]);
    }
    return made;
}

std::string hex(std::string_view bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char c : bytes) {
        text += digits[static_cast<unsigned char>(c) >> 4U];
        text += digits[static_cast<unsigned char>(c) & 0xfU];
    }
    return text;
}

std::string to_base64(std::string_view bytes) {
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = (group << 8U) | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
        for (std::size_t j = 0; j < 4; ++j)
            text += i + j > bytes.size() ? '=' : base64_letters[(group >> (18 - (6 * j))) & 63U];
    }
    return text;
}

std::string from_base64(std::string_view text) {
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned count = 0;
    while (text.ends_with('=')) text.remove_suffix(1);
    for (const char c : text) {
        const std::size_t value = base64_letters.find(c);
        if (value == std::string_view::npos) return {};
        bits = (bits << 6U) | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>(bits >> count);
    }
    return bytes;
}

} // namespace asyncio::postgres::detail
// NOLINTEND(*-magic-numbers)
