#pragma once

#include <exception>

namespace asyncio::program {

/// The newest exception on its way to a handler or, when none is, the one that is being handled. Where a noexcept
/// function ends the program WebAssembly does not tell std::terminate which it was. From here on it is being
/// handled, so std::current_exception() gives it.
std::exception_ptr exception_in_flight() noexcept;

} // namespace asyncio::program
