#pragma once

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace asyncio::conformance {

/// Runs a scenario (see README.md) on a virtual clock and returns the lines it logs.
std::vector<std::string> replay(const nlohmann::json& scenario);

} // namespace asyncio::conformance
