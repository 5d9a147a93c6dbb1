#pragma once

#include <exception>

namespace asyncio::program {

/// The newest exception thrown but not yet caught or, if there is none, the one being handled. When a noexcept function
/// ends the program, WebAssembly does not pass it to std::terminate. This marks it as being handled, so
/// std::current_exception() returns it.
std::exception_ptr exception_in_flight() noexcept;

} // namespace asyncio::program
