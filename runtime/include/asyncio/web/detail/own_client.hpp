#pragma once

namespace asyncio::web::detail {

/// Lets http::ClientSession and websocket::connect() reach servers of this program.
bool join_clients() noexcept;

inline const bool clients_joined = join_clients();

} // namespace asyncio::web::detail
