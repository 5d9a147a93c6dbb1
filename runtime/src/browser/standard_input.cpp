#include "../streams/standard_input.hpp"

#include "promise.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdio_ext.h>
#include <string>

namespace asyncio::detail {
namespace {

/// Data that std::cin and scanf() left in stdin's buffer comes before the page's data.
bool line_in_buffer() {
    std::size_t size = 0;
    const char* const begin = __freadptr(stdin, &size);
    return begin != nullptr && std::memchr(begin, '\n', size) != nullptr;
}

std::optional<std::string> take_line() {
    char* text = nullptr;
    std::size_t capacity = 0;
    const ssize_t length = getline(&text, &capacity, stdin);
    const std::unique_ptr<char, decltype(&std::free)> owned(text, &std::free);
    if (length >= 0) return std::string(text, static_cast<std::size_t>(length));
    if (std::feof(stdin) == 0) raise_input_error();
    return std::nullopt;
}

} // namespace

Coro<std::optional<std::string>> next_input_line() {
    const emscripten::val input = browser::host_io("input");
    while (!line_in_buffer() && !input.call<bool>("hasLine"))
        co_await browser::settled(input.call<emscripten::val>("whenLine"));
    co_return take_line();
}

} // namespace asyncio::detail
