#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace asyncio {
class EventLoop;
}

namespace asyncio::browser {

/// Whether the loop waits for the page before each turn.
bool is_paused() noexcept;
/// The page's seed for the whole program.
std::optional<std::uint32_t> program_seed() noexcept;
/// Sends the page the await graph.
void show_await_graph(EventLoop& loop, std::string_view reason);

} // namespace asyncio::browser
