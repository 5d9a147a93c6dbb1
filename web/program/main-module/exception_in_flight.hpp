#pragma once

#include <exception>

namespace asyncio::program {

/// The exception that is being handled or, when none is, the one on its way to a handler. Where a
/// noexcept function ends the program WebAssembly does not tell std::terminate which it was.
std::exception_ptr exception_in_flight() noexcept;

} // namespace asyncio::program
