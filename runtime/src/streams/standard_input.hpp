#pragma once

#include <asyncio/coro.hpp>

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>

namespace asyncio::detail {

/// The next line with its end, if it has one; nullopt at the end of the input. Suspends until it can be had
/// without blocking; cancelled, it leaves all of it to the next reader of stdin. One at a time. Each
/// platform has its own.
Coro<std::optional<std::string>> next_input_line();

/// Raises OSError with what errno says.
[[noreturn]] void raise_input_error();

} // namespace asyncio::detail
