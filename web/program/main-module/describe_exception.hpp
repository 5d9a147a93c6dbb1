#pragma once

#include <exception>
#include <string>

namespace asyncio::program {

/// An exception for people: its C++ type and what it says, then what caused it.
std::string describe_exception(std::exception_ptr error);

} // namespace asyncio::program
