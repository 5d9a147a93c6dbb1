#pragma once

#include <string_view>

namespace asyncio::broker {

/// Whether a text matches a pattern of Redis: `*`, `?`, `[abc]`, `[a-z]`, `[^a]`, `\`. Takes at most as many steps as the
/// product of their lengths.
bool matches(std::string_view pattern, std::string_view text);

} // namespace asyncio::broker
