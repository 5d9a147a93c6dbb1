#include "standard_input.hpp"

#include <asyncio/error.hpp>
#include <asyncio/lock.hpp>
#include <asyncio/streams/read_line.hpp>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

namespace asyncio {
namespace {

/// Held by the task whose turn it is. Thread-local, since each thread has its own loop, to which a lock
/// belongs.
Lock& reading() {
    static thread_local Lock lock;
    return lock;
}

Coro<std::optional<std::string>> next_line() {
    const auto turn = co_await reading().scoped();
    std::optional<std::string> line = co_await detail::next_input_line();
    if (line && line->ends_with('\n')) {
        line->pop_back();
        if (line->ends_with('\r')) line->pop_back();
    }
    co_return line;
}

} // namespace

void detail::raise_input_error() {
    throw OSError(std::string("standard input cannot be read: ") + std::strerror(errno));
}

Coro<std::string> read_line(std::string prompt) {
    std::fwrite(prompt.data(), 1, prompt.size(), stdout);
    std::fflush(stdout);
    std::optional<std::string> line = co_await next_line();
    if (!line) throw EOFError("end of input: there are no more lines to read");
    co_return *std::move(line);
}

AsyncGenerator<std::string> read_lines() {
    while (auto line = co_await next_line()) co_yield *std::move(line);
}

} // namespace asyncio
