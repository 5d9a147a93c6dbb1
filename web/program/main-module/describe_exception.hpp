#pragma once

#include <string>

namespace asyncio::program {

/// The exception being handled, for people: its C++ type and what it says, then what caused it.
/// Empty when none is being handled.
std::string describe_current_exception();

} // namespace asyncio::program
