#pragma once

#include "replayer.hpp"

#include <cstddef>

namespace asyncio::conformance {

/// Runs the block of an op `locals` in the scope of its declarations from `index` on, each an object of this
/// library in a coroutine's frame.
Coro<> declare(Replay& run, const json& op, std::size_t index);

} // namespace asyncio::conformance
