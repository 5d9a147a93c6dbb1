#include <asyncio/detail/utf8.hpp>

#include <cstddef>
#include <string_view>

namespace asyncio::detail {
namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

struct Sequence {
    std::size_t length;
    bool valid;
};

/// The sequence at `at`: a character, or as much of one as browsers replace by one U+FFFD.
Sequence sequence_at(std::string_view text, std::size_t at) {
    const unsigned char lead = byte_at(text, at);
    if (lead < 0x80) return {1, true};
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4) return {1, false};
    // The second byte's bounds keep out overlong forms, surrogates and what is past U+10FFFF.
    const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (std::size_t i = 1; i < length; ++i) {
        const unsigned char byte = byte_at(text, at + i);
        if (byte < (i == 1 ? least : 0x80) || byte > (i == 1 ? most : 0xBF)) return {i, false};
    }
    return {length, true};
}

} // namespace

std::string to_valid_utf8(std::string text) {
    std::string mended;
    std::size_t kept = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = sequence_at(text, at);
        if (!sequence.valid) {
            mended.append(text, kept, at - kept);
            mended += "\xEF\xBF\xBD";
            kept = at + sequence.length;
        }
        at += sequence.length;
    }
    if (kept == 0) return text;
    return mended.append(text, kept);
}

} // namespace asyncio::detail
