#pragma once

#include <string>

namespace asyncio::files::detail {

/// A parsed Python mode string.
struct Mode {
    /// Raises ValueError for an invalid mode.
    explicit Mode(const std::string& text);

    bool readable = false;
    bool writable = false;
    bool append = false;
    /// For open(2).
    int flags = 0;
};

} // namespace asyncio::files::detail
