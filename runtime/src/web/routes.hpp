#pragma once

#include "../trace/server_log.hpp"
#include "app_state.hpp"

#include <vector>

namespace asyncio::web::detail {

/// The routes of an application and of those below it, for people. That add_get() also answers HEAD is not listed.
std::vector<asyncio::detail::ServerRoute> routes_of(const AppState& app);

} // namespace asyncio::web::detail
