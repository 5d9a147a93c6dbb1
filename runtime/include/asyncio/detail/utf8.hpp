#pragma once

#include <string>

namespace asyncio::detail {

/// The text with U+FFFD in place of what is no UTF-8, as browsers decode.
std::string to_valid_utf8(std::string text);

} // namespace asyncio::detail
