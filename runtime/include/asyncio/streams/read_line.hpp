#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>

#include <string>

namespace asyncio {

/// The next line of standard input, without its end (a line feed, or CR and LF); Python's input() that
/// holds nothing up. `prompt` goes to stdout first. In the page lines come from the console.
///
/// Suspends until a whole line is there; other tasks run meanwhile, and the loop waits for it. Tasks that
/// ask together are served in the order of asking. Cancelled, it takes nothing: the line is the next
/// reader's, which may be std::cin or scanf(), for all of them read from one buffer.
///
/// The last line may come without an end. After it, raises EOFError; OSError when standard input cannot be
/// read, RuntimeError where there is none (WebAssembly outside a page).
Coro<std::string> read_line(std::string prompt = {});

/// Lines until the input ends: `auto lines = read_lines(); while (auto line = co_await lines.next())`.
AsyncGenerator<std::string> read_lines();

} // namespace asyncio
