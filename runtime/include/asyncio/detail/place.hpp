#pragma once

#include <source_location>
#include <string>

namespace asyncio::detail {

/// "main.cpp:12".
std::string place_of(const std::source_location& where);
/// The function's name without its return type and parameters: "fetch_one", "Client::get".
std::string function_of(const std::source_location& where);

} // namespace asyncio::detail
