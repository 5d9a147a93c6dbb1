#pragma once

#include <asyncio/async_generator.hpp>
#include <asyncio/coro.hpp>

#include <string>

namespace asyncio {

/// The next line of standard input, without its line end (LF or CR LF): a non-blocking version of Python's
/// input(). `prompt` is written to stdout first. In the page, lines come from the console.
///
/// Suspends until a whole line has arrived; other tasks run meanwhile, and the loop waits for it. Tasks that
/// read concurrently are served in FIFO order. If cancelled, it consumes nothing: the line goes to the next
/// reader, which may be std::cin or scanf(), since all of them read from one buffer.
///
/// The last line may lack a line end. After it, raises EOFError. Raises OSError if standard input cannot be
/// read, RuntimeError if there is none (WebAssembly outside a page).
Coro<std::string> read_line(std::string prompt = {});

/// Lines until the end of the input: `auto lines = read_lines(); while (auto line = co_await lines.next())`.
AsyncGenerator<std::string> read_lines();

} // namespace asyncio
