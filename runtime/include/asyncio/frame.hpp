#pragma once

#include <string>

namespace asyncio {

/// The source location of a coroutine or a function.
struct Frame {
    /// Without its return type and parameters: "fetch_one", "Client::get", "a lambda".
    std::string function;
    std::string file;
    /// Of its last co_await, or of its start if it has not reached one.
    unsigned line = 0;
    /// "async" for a coroutine, "async generator"; empty for a plain function.
    std::string kind;

    bool operator==(const Frame&) const = default;
};

} // namespace asyncio
