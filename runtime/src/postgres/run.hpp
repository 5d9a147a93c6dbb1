#pragma once

#include "handle.hpp"

#include <memory>
#include <string>
#include <vector>

namespace asyncio::postgres::detail {

// Statements for many rows, inside of an operation.

/// Raises what is wrong with any row before anything is sent.
Coro<> run_for_rows(std::shared_ptr<Session> session, std::shared_ptr<const Statement> statement,
                    std::vector<Parameters> rows);
/// Returns the status.
Coro<std::string> copy_rows(std::shared_ptr<Session> session, std::string sql, std::vector<Parameters> rows);

} // namespace asyncio::postgres::detail
