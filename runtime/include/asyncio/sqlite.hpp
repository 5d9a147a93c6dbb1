#pragma once

/// SQLite, after Python's aiosqlite and sqlite3. SQLite's own C interface is <sqlite3.h>.

#include <asyncio/sqlite/connection.hpp>
#include <asyncio/sqlite/cursor.hpp>
#include <asyncio/sqlite/error.hpp>
#include <asyncio/sqlite/row.hpp>
#include <asyncio/sqlite/transaction.hpp>
#include <asyncio/sqlite/value.hpp>
