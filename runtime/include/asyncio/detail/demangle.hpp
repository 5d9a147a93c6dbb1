#pragma once

#include <string>
#include <typeinfo>

namespace asyncio::detail {

/// A type's name as written in C++.
std::string demangled(const std::type_info& type);

} // namespace asyncio::detail
