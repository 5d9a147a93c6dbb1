#include "../streams/standard_input.hpp"

#include "input_watch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <ranges>
#include <string>

#ifndef __GLIBC__
#include <stdio_ext.h>
#endif

namespace asyncio::detail {
namespace {

/// The number of bytes in stdin's buffer, which can be read without blocking.
std::size_t held_by_stdin() {
#ifdef __GLIBC__
    // Characters put back by ungetc() are in a separate buffer, before the read buffer.
    constexpr int reads_what_was_put_back = 0x100;
    std::ptrdiff_t held = stdin->_IO_read_end - stdin->_IO_read_ptr;
    if ((stdin->_flags & reads_what_was_put_back) != 0) held += stdin->_IO_save_end - stdin->_IO_save_base;
    return static_cast<std::size_t>(held);
#else
    return __freadahead(stdin);
#endif
}

/// An incomplete line, which is put back unless it is completed.
class Beginning {
public:
    Beginning() = default;
    Beginning(const Beginning&) = delete;
    Beginning& operator=(const Beginning&) = delete;
    ~Beginning() {
        for (const char byte : std::views::reverse(text))
            std::ungetc(static_cast<unsigned char>(byte), stdin);
    }

    std::string text;
};

enum class Reading : std::uint8_t { blocks, line, end };

/// Reads what is available without blocking, up to the end of the line.
Reading read_on(std::string& line) {
    while (held_by_stdin() > 0 || native::input_is_readable()) {
        for (std::size_t sure = std::max<std::size_t>(held_by_stdin(), 1); sure > 0; --sure) {
            const int byte = std::getc(stdin);
            if (byte == EOF) {
                if (std::ferror(stdin) != 0) raise_input_error();
                return Reading::end;
            }
            line += static_cast<char>(byte);
            if (byte == '\n') return Reading::line;
        }
    }
    return Reading::blocks;
}

} // namespace

Coro<std::optional<std::string>> next_input_line() {
    // A terminal may continue after an end of file.
    std::clearerr(stdin);
    Beginning beginning;
    for (;;) {
        const Reading reading = read_on(beginning.text);
        if (reading == Reading::blocks) {
            co_await native::input_readable();
            continue;
        }
        std::string line;
        line.swap(beginning.text);
        if (reading == Reading::end && line.empty()) co_return std::nullopt;
        co_return line;
    }
}

} // namespace asyncio::detail
