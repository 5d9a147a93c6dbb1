#pragma once

#include <nlohmann/json.hpp>

namespace asyncio::fuzz {

/// Replays a scenario twice and aborts, saying why, when it does not end, leaves something behind, goes
/// back in time, or does not do the same again.
void check(const nlohmann::json& scenario);

} // namespace asyncio::fuzz
