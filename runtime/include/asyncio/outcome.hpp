#pragma once

#include <exception>
#include <expected>

namespace asyncio {

/// The outcome of an operation: a value or an error.
template <class T> using Outcome = std::expected<T, std::exception_ptr>;

} // namespace asyncio
