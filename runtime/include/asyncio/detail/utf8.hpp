#pragma once

#include <string>
#include <string_view>

namespace asyncio::detail {

/// The text with invalid UTF-8 replaced by U+FFFD, as browsers decode.
std::string to_valid_utf8(std::string text);

bool is_valid_utf8(std::string_view text);

} // namespace asyncio::detail
