#pragma once

#include <asyncio/postgres/connection.hpp>

#include <string>

namespace asyncio::postgres::detail {

/// Complete options: those given, then the DSN's, the environment's, and defaults. Raises ValueError.
ConnectOptions complete(ConnectOptions given, const std::string& dsn);

} // namespace asyncio::postgres::detail
