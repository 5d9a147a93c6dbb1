#pragma once

#include <string>
#include <typeinfo>

namespace asyncio::detail {

/// A type's name as it is written.
std::string demangled(const std::type_info& type);

} // namespace asyncio::detail
