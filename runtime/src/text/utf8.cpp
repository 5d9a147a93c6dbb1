#include <asyncio/detail/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

namespace asyncio::detail {
namespace {

class Range {
public:
    constexpr Range(unsigned char first, unsigned char last) : first_(first), last_(last) {}
    constexpr bool holds(unsigned char byte) const { return first_ <= byte && byte <= last_; }

private:
    unsigned char first_;
    unsigned char last_;
};

struct Form {
    Range lead;
    Range second;
    std::size_t length;
};

constexpr Range trail(0x80, 0xBF);

// Unicode's table of well-formed sequences. The bounds of the second byte exclude overlong forms, surrogates
// and code points above U+10FFFF.
constexpr std::array forms{
    Form{.lead = {0x00, 0x7F}, .second = trail, .length = 1},
    Form{.lead = {0xC2, 0xDF}, .second = trail, .length = 2},
    Form{.lead = {0xE0, 0xE0}, .second = {0xA0, 0xBF}, .length = 3},
    Form{.lead = {0xE1, 0xEC}, .second = trail, .length = 3},
    Form{.lead = {0xED, 0xED}, .second = {0x80, 0x9F}, .length = 3},
    Form{.lead = {0xEE, 0xEF}, .second = trail, .length = 3},
    Form{.lead = {0xF0, 0xF0}, .second = {0x90, 0xBF}, .length = 4},
    Form{.lead = {0xF1, 0xF3}, .second = trail, .length = 4},
    Form{.lead = {0xF4, 0xF4}, .second = {0x80, 0x8F}, .length = 4},
};

/// Past the end it returns 0, which does not occur in a multi-byte sequence.
unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

struct Sequence {
    std::size_t length;
    bool valid;
};

/// The sequence at `at`: a character, or the invalid bytes that browsers replace by one U+FFFD.
Sequence sequence_at(std::string_view text, std::size_t at) {
    const unsigned char lead = byte_at(text, at);
    // An iterator, which is a pointer only in some libraries. NOLINTNEXTLINE(readability-qualified-auto)
    const auto form =
        std::ranges::find_if(forms, [lead](const Form& known) { return known.lead.holds(lead); });
    if (form == forms.end()) return {.length = 1, .valid = false};
    for (std::size_t i = 1; i < form->length; ++i) {
        const Range& allowed = i == 1 ? form->second : trail;
        if (!allowed.holds(byte_at(text, at + i))) return {.length = i, .valid = false};
    }
    return {.length = form->length, .valid = true};
}

} // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Sequence sequence = sequence_at(text, at);
        if (!sequence.valid) return false;
        at += sequence.length;
    }
    return true;
}

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
