#pragma once

/// PostgreSQL, after Python's asyncpg. Natively a server over TCP; in the page, where the host is "postgres.test",
/// PostgreSQL itself as WebAssembly.

#include <asyncio/postgres/connection.hpp>
#include <asyncio/postgres/cursor.hpp>
#include <asyncio/postgres/error.hpp>
#include <asyncio/postgres/notification.hpp>
#include <asyncio/postgres/parameter.hpp>
#include <asyncio/postgres/pool.hpp>
#include <asyncio/postgres/record.hpp>
#include <asyncio/postgres/statement.hpp>
#include <asyncio/postgres/transaction.hpp>
#include <asyncio/postgres/value.hpp>
