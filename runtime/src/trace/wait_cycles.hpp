#pragma once

#include <cstddef>
#include <vector>

namespace asyncio::detail {

/// `edges[n]` are the nodes that node n waits for. Returns cycles of nodes that wait for one another, found
/// by following the edges: at least one for each set of nodes that can never proceed.
std::vector<std::vector<std::size_t>> wait_cycles(const std::vector<std::vector<std::size_t>>& edges);

} // namespace asyncio::detail
