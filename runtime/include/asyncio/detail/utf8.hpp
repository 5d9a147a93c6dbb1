#pragma once

#include <string>
#include <string_view>

namespace asyncio::detail {

/// The text with U+FFFD in place of what is no UTF-8, as browsers decode.
std::string to_valid_utf8(std::string text);

bool is_valid_utf8(std::string_view text);

} // namespace asyncio::detail
