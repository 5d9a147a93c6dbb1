#pragma once

#include <nlohmann/json.hpp>

namespace asyncio::fuzz {

/// Replays a scenario twice and aborts with a message when it does not end, leaks something, goes back in
/// time, or behaves differently the second time.
void check(const nlohmann::json& scenario);

} // namespace asyncio::fuzz
