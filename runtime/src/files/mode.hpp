#pragma once

#include <string>

namespace asyncio::files::detail {

/// What Python's mode strings mean.
struct Mode {
    /// Raises ValueError for a text that is no mode.
    explicit Mode(const std::string& text);

    bool readable = false;
    bool writable = false;
    bool append = false;
    /// For open(2).
    int flags = 0;
};

} // namespace asyncio::files::detail
