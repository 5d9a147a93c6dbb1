#pragma once

#include <asyncio/coro.hpp>

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>

namespace asyncio::detail {

/// The next line with its line end, if it has one; nullopt at the end of the input. Suspends until it can be
/// read without blocking; if cancelled, the data stays for the next reader of stdin. One call at a time.
/// Implemented per platform.
Coro<std::optional<std::string>> next_input_line();

/// Raises OSError for the current errno.
[[noreturn]] void raise_input_error();

} // namespace asyncio::detail
