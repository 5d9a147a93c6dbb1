#pragma once

#include <exception>
#include <string>

namespace asyncio::program {

/// A readable description of an exception: its C++ type and message, then its cause.
std::string describe_exception(std::exception_ptr error);

} // namespace asyncio::program
