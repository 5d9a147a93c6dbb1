#pragma once

#include <string>

namespace asyncio {

/// Where a coroutine, or a function, is in the source.
struct Frame {
    /// Without its return type and parameters: "fetch_one", "Client::get", "a lambda".
    std::string function;
    std::string file;
    /// Of its last co_await, or of its start when it has not come to one.
    unsigned line = 0;
    /// "async" for a coroutine, "async generator"; empty for a plain function.
    std::string kind;

    bool operator==(const Frame&) const = default;
};

} // namespace asyncio
