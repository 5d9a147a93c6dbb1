#include "mode.hpp"

#include <asyncio/error.hpp>

#include <algorithm>
#include <fcntl.h>
#include <format>

namespace asyncio::files::detail {
namespace {

int access_of(char kind, bool updating) {
    if (updating) return O_RDWR;
    return kind == 'r' ? O_RDONLY : O_WRONLY;
}

int flags_of(char kind, bool updating) {
    const int access = access_of(kind, updating);
    switch (kind) {
    case 'w': return access | O_CREAT | O_TRUNC;
    case 'x': return access | O_CREAT | O_EXCL;
    case 'a': return access | O_CREAT | O_APPEND;
    default: return access;
    }
}

} // namespace

Mode::Mode(const std::string& text) {
    const auto count = [&](char letter) { return std::ranges::count(text, letter); };
    const bool only_known = text.find_first_not_of("rwaxbt+") == std::string::npos;
    const bool repeated = std::ranges::any_of(text, [&](char letter) { return count(letter) > 1; });
    if (!only_known || repeated) throw ValueError(std::format("invalid mode: '{}'", text));
    if (count('b') + count('t') > 1) throw ValueError("can't have text and binary mode at once");
    if (count('r') + count('w') + count('a') + count('x') != 1)
        throw ValueError(std::format(
            "invalid mode: '{}': it must have exactly one of r (read), w (write), a (append) and x (create)",
            text));

    const char kind = text[text.find_first_of("rwax")];
    const bool updating = count('+') > 0;
    readable = kind == 'r' || updating;
    writable = kind != 'r' || updating;
    append = kind == 'a';
    flags = flags_of(kind, updating);
}

} // namespace asyncio::files::detail
