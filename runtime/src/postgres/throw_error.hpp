#pragma once

#include <asyncio/postgres/error.hpp>

#include <string>

namespace asyncio::postgres::detail {

/// Raises the class of the SQLSTATE.
[[noreturn]] void throw_error(ErrorFields fields);
[[noreturn]] void throw_data_error(std::string message);

} // namespace asyncio::postgres::detail
