#pragma once

#include "replayer.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace asyncio::conformance {

/// Something that a scenario awaits: a future or a coroutine, made of others perhaps.
struct Expression {
    std::optional<AnyFuture> future;
    std::optional<Coro<>> coro; // when it is no future
    /// Its result; to be asked for once it is done and has not failed.
    std::function<std::string()> text;

    /// Makes a task of a coroutine.
    AnyFuture ensure() &&;
    Coro<> await() &&;
};

/// Makes the awaitable that `spec` describes, without awaiting it.
Expression make_expression(Replay& run, const json& spec);

} // namespace asyncio::conformance
