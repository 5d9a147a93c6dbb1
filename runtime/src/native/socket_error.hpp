#pragma once

#include <exception>
#include <string>

namespace asyncio::native {

/// The error of Python's class for a number of <cerrno>; `text` instead of the number's description. Unlike
/// Python's, a connection that timed out is an OSError: TimeoutError is none here.
std::exception_ptr socket_error(int number, std::string text = {});

} // namespace asyncio::native
