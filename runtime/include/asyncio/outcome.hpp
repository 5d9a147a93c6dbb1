#pragma once

#include <exception>
#include <expected>

namespace asyncio {

/// How something ended: with a value, or with an error.
template <class T> using Outcome = std::expected<T, std::exception_ptr>;

} // namespace asyncio
