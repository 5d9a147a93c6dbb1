#pragma once

#include "replayer.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::conformance {

/// An awaitable of a scenario: a future or a coroutine, which may be composed of others.
struct Expression {
    std::optional<AnyFuture> future;
    std::optional<Coro<>> coro; // if it is not a future
    /// Its result; call it only once it is done and has not failed.
    std::function<std::string()> text;

    /// Makes a task of a coroutine.
    AnyFuture ensure() &&;
    Coro<> await() &&;
};

/// Makes the awaitable that `spec` describes, without awaiting it.
Expression make_expression(Replay& run, const json& spec);

} // namespace asyncio::conformance
