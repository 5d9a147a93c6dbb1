#pragma once

#include <cstddef>
#include <optional>

namespace asyncio::detail {

/// Python's convention for a maximum: negative or missing means no limit.
inline std::optional<std::size_t> at_most(std::optional<std::ptrdiff_t> size) noexcept {
    if (!size || *size < 0) return std::nullopt;
    return static_cast<std::size_t>(*size);
}

/// Raises ValueError for less than `least`; `what` is the beginning of the message: "readexactly()".
std::size_t size_of_at_least(std::ptrdiff_t size, std::ptrdiff_t least, const char* what);

} // namespace asyncio::detail
