#include "types.hpp"

#include "throw_error.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <format>
#include <limits>
#include <string>

namespace asyncio::postgres::detail {
namespace {

constexpr std::array known_types = {
    Type{.type = oid::boolean, .name = "bool", .array = 1000},
    Type{.type = oid::bytea, .name = "bytea", .array = 1001},
    Type{.type = oid::name, .name = "name", .array = 1003},
    Type{.type = oid::int8, .name = "int8", .array = 1016},
    Type{.type = oid::int2, .name = "int2", .array = 1005},
    Type{.type = oid::int4, .name = "int4", .array = 1007},
    Type{.type = oid::text, .name = "text", .array = 1009},
    Type{.type = oid::oid, .name = "oid", .array = 1028},
    Type{.type = oid::json, .name = "json", .array = 199},
    Type{.type = oid::float4, .name = "float4", .array = 1021},
    Type{.type = oid::float8, .name = "float8", .array = 1022},
    Type{.type = oid::bpchar, .name = "bpchar", .array = 1014},
    Type{.type = oid::varchar, .name = "varchar", .array = 1015},
    Type{.type = oid::date, .name = "date", .array = 1182},
    Type{.type = oid::time, .name = "time", .array = 1183},
    Type{.type = oid::timestamp, .name = "timestamp", .array = 1115},
    Type{.type = oid::timestamptz, .name = "timestamptz", .array = 1185},
    Type{.type = oid::interval, .name = "interval", .array = 1187},
    Type{.type = oid::numeric, .name = "numeric", .array = 1231},
    Type{.type = oid::uuid, .name = "uuid", .array = 2951},
    Type{.type = oid::jsonb, .name = "jsonb", .array = 3807},
};

const Type* find_array(std::uint32_t array) {
    const auto found = std::ranges::find(known_types, array, &Type::array);
    return found == known_types.end() ? nullptr : &*found;
}

const char* name_of(Kind kind) {
    switch (kind) {
    case Kind::boolean: return "a bool";
    case Kind::integer: return "an integer";
    case Kind::number: return "a floating-point number";
    case Kind::text: return "a text";
    case Kind::bytes: return "bytes";
    case Kind::time: return "a time point";
    case Kind::date: return "a date";
    case Kind::interval: return "a duration";
    case Kind::json: return "a Json";
    case Kind::uuid: return "a Uuid";
    case Kind::numeric: return "a Numeric";
    case Kind::array: return "an array";
    case Kind::null:
    case Kind::any: break;
    }
    return "a value";
}

bool is_number(std::uint32_t type) {
    return is_integer(type) || type == oid::float4 || type == oid::float8 || type == oid::numeric;
}

bool is_time(std::uint32_t type) { return type == oid::timestamp || type == oid::timestamptz; }
bool is_json(std::uint32_t type) { return type == oid::json || type == oid::jsonb; }

bool fits(Kind kind, std::uint32_t type) {
    switch (kind) {
    case Kind::null:
    case Kind::any: return true;
    case Kind::boolean: return type == oid::boolean;
    case Kind::integer: return is_number(type);
    case Kind::number: return is_number(type) && !is_integer(type);
    case Kind::numeric: return type == oid::numeric;
    case Kind::text: return is_text(type) || is_json(type) || type == oid::uuid || type == oid::numeric;
    case Kind::bytes: return type == oid::bytea;
    case Kind::time:
    case Kind::date: return is_time(type) || type == oid::date;
    case Kind::interval: return type == oid::interval || type == oid::time;
    case Kind::json: return is_json(type);
    case Kind::uuid: return type == oid::uuid;
    case Kind::array: return false;
    }
    return false;
}

template <class T> bool in_range_of(const std::string& digits) {
    T number = 0;
    return std::from_chars(digits.data(), digits.data() + digits.size(), number).ec == std::errc();
}

bool is_in_range(const std::string& digits, std::uint32_t type) {
    switch (type) {
    case oid::int2: return in_range_of<std::int16_t>(digits);
    case oid::int4: return in_range_of<std::int32_t>(digits);
    case oid::int8: return in_range_of<std::int64_t>(digits);
    case oid::oid: return in_range_of<std::uint32_t>(digits);
    default: return true;
    }
}

[[noreturn]] void refuse(const Parameter& parameter, std::size_t number, const std::string& why) {
    constexpr std::size_t most_shown = 60;
    const std::string& text = *parameter.text();
    std::string shown = text.substr(0, most_shown) + (text.size() > most_shown ? "..." : "");
    if (parameter.kind() == Kind::text) shown = "'" + shown + "'";
    throw_data_error(std::format("invalid input for query argument ${}: {} ({})", number, shown, why));
}

} // namespace

const Type* find_type(std::uint32_t type) {
    const auto found = std::ranges::find(known_types, type, &Type::type);
    return found == known_types.end() ? nullptr : &*found;
}

std::uint32_t element_type(std::uint32_t array) {
    const Type* const found = find_array(array);
    return found == nullptr ? oid::unknown_to_us : found->type;
}

bool is_array(std::uint32_t type) { return find_array(type) != nullptr; }

std::string type_name_of(std::uint32_t type) {
    if (const Type* const found = find_type(type)) return std::string(found->name);
    if (const Type* const element = find_array(type)) return std::string(element->name) + "[]";
    return std::format("oid {}", type);
}

bool is_integer(std::uint32_t type) {
    return type == oid::int2 || type == oid::int4 || type == oid::int8 || type == oid::oid;
}

bool is_text(std::uint32_t type) {
    return type == oid::text || type == oid::varchar || type == oid::bpchar || type == oid::name;
}

void require_fits(const Parameter& parameter, std::uint32_t type, std::size_t number) {
    if (!parameter.text()) return;
    const bool array = is_array(type);
    if (find_type(type) == nullptr && !array) return; // an enum, a domain: the server decides
    const Kind kind = parameter.kind();
    const bool right = array ? kind == Kind::array || kind == Kind::any : fits(kind, type);
    if (!right)
        refuse(parameter, number, std::format("expected {}, got {}", type_name_of(type), name_of(kind)));
    if (kind == Kind::integer && !is_in_range(*parameter.text(), type))
        refuse(parameter, number, std::format("value out of {} range", type_name_of(type)));
}

} // namespace asyncio::postgres::detail
