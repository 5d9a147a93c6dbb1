#pragma once

#include <asyncio/postgres/parameter.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace asyncio::postgres::detail {

/// OIDs of PostgreSQL's own types: src/include/catalog/pg_type.dat there.
namespace oid {
inline constexpr std::uint32_t unknown_to_us = 0;
inline constexpr std::uint32_t boolean = 16;
inline constexpr std::uint32_t bytea = 17;
inline constexpr std::uint32_t name = 19;
inline constexpr std::uint32_t int8 = 20;
inline constexpr std::uint32_t int2 = 21;
inline constexpr std::uint32_t int4 = 23;
inline constexpr std::uint32_t text = 25;
inline constexpr std::uint32_t oid = 26;
inline constexpr std::uint32_t json = 114;
inline constexpr std::uint32_t float4 = 700;
inline constexpr std::uint32_t float8 = 701;
inline constexpr std::uint32_t bpchar = 1042;
inline constexpr std::uint32_t varchar = 1043;
inline constexpr std::uint32_t date = 1082;
inline constexpr std::uint32_t time = 1083;
inline constexpr std::uint32_t timestamp = 1114;
inline constexpr std::uint32_t timestamptz = 1184;
inline constexpr std::uint32_t interval = 1186;
inline constexpr std::uint32_t numeric = 1700;
inline constexpr std::uint32_t uuid = 2950;
inline constexpr std::uint32_t jsonb = 3802;
} // namespace oid

/// What the library knows of a type.
struct Type {
    std::uint32_t type;
    std::string_view name;
    /// Its array type.
    std::uint32_t array;
};

/// Null for a type that it does not know.
const Type* find_type(std::uint32_t type);
/// The type of an array's elements; unknown_to_us for others.
std::uint32_t element_type(std::uint32_t array);
bool is_array(std::uint32_t type);
/// "int4", "int4[]", "oid 16385"
std::string type_name_of(std::uint32_t type);

bool is_integer(std::uint32_t type);
bool is_text(std::uint32_t type);

/// Raises DataError with the number of the parameter, from 1, if it cannot be one of the type.
void require_fits(const Parameter& parameter, std::uint32_t type, std::size_t number);

} // namespace asyncio::postgres::detail
