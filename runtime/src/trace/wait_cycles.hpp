#pragma once

#include <cstddef>
#include <vector>

namespace asyncio::detail {

/// `edges[n]` are the nodes that node n waits for. Circles of nodes that wait each for the next, found
/// by going along the edges: at least one for each set of nodes that can never go on.
std::vector<std::vector<std::size_t>> wait_cycles(const std::vector<std::vector<std::size_t>>& edges);

} // namespace asyncio::detail
