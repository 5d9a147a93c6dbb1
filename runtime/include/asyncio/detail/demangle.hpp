#pragma once

#include <string>
#include <typeinfo>

namespace asyncio::detail {

/// A type's name as written in C++.
std::string demangled(const std::type_info& type);

/// The same; a type of the library is named without its namespace.
std::string name_of(const std::type_info& type);

} // namespace asyncio::detail
