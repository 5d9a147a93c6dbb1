#include "glob.hpp"

#include <algorithm>
#include <cstddef>

namespace asyncio::broker {
namespace {

/// Whether a byte is in the class that begins behind the "[" at `at`, which moves behind the "]". As in Redis the end of
/// the pattern closes a class too.
bool is_in_class(std::string_view pattern, std::size_t& at, char byte) {
    const auto value = [](char letter) { return static_cast<unsigned char>(letter); };
    const bool negated = at < pattern.size() && pattern[at] == '^';
    if (negated) ++at;
    bool found = false;
    while (at < pattern.size() && pattern[at] != ']') {
        if (pattern[at] == '\\' && at + 1 < pattern.size()) {
            found = found || pattern[at + 1] == byte;
            at += 2;
        } else if (at + 2 < pattern.size() && pattern[at + 1] == '-') {
            const auto [low, high] = std::minmax({value(pattern[at]), value(pattern[at + 2])});
            found = found || (low <= value(byte) && value(byte) <= high);
            at += 3;
        } else {
            found = found || pattern[at] == byte;
            ++at;
        }
    }
    if (at < pattern.size()) ++at;
    return found != negated;
}

/// Whether the part of a pattern at `at`, which is no "*", matches a byte; `at` moves behind it.
bool matches_byte(std::string_view pattern, std::size_t& at, char byte) {
    const char part = pattern[at++];
    if (part == '?') return true;
    if (part == '[') return is_in_class(pattern, at, byte);
    if (part == '\\' && at < pattern.size()) return pattern[at++] == byte;
    return part == byte;
}

} // namespace

bool matches(std::string_view pattern, std::string_view text) {
    std::size_t at = 0;
    std::size_t position = 0;
    // Behind the last "*", and how much of the text is taken if that "*" takes one byte more.
    std::size_t behind_star = std::string_view::npos;
    std::size_t taken = 0;
    while (position < text.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            behind_star = ++at;
            taken = position;
        } else if (at < pattern.size() && matches_byte(pattern, at, text[position])) {
            ++position;
        } else if (behind_star != std::string_view::npos) {
            at = behind_star;
            position = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

} // namespace asyncio::broker
