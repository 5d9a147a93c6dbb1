#include "model.hpp"

#include "text.hpp"

#include <asyncio/web/model.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <format>
#include <ranges>
#include <utility>

namespace asyncio::web {
namespace detail {
namespace {

constexpr std::size_t most_errors = 100;

std::string message_of(const Json& errors) {
    if (errors.empty()) return "invalid input";
    std::string place;
    for (const Json& part : errors[0]["loc"]) place += (place.empty() ? "" : ".") + asyncio::text_of(part);
    return (place.empty() ? "" : place + ": ") + errors[0]["msg"].get<std::string>();
}

/// An integer that is written in decimal, with a fraction of zeros at most, in 128 bits: wider than any type.
struct ParsedInteger {
    bool valid = false;
    bool negative = false;
    /// nullopt: too large.
    std::optional<std::uint64_t> magnitude = {};
};

ParsedInteger parsed_integer(std::string_view text) {
    text = trimmed(text);
    ParsedInteger parsed{.negative = text.starts_with('-')};
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (const std::size_t dot = text.find('.'); dot != std::string_view::npos) {
        const std::string_view zeros = text.substr(dot + 1);
        if (zeros.empty() || zeros.find_first_not_of('0') != std::string_view::npos) return parsed;
        text = text.substr(0, dot);
    }
    parsed.valid = !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
    if (parsed.valid) parsed.magnitude = parsed_number(text);
    return parsed;
}

std::optional<double> parsed_double(std::string_view text) {
    text = trimmed(text);
    if (text.empty() || text.find_first_not_of("0123456789+-.eE") != std::string_view::npos)
        return std::nullopt;
    const std::string ended(text);
    char* end = nullptr;
    const double value = std::strtod(ended.c_str(), &end);
    if (end != ended.c_str() + ended.size()) return std::nullopt;
    return value;
}

std::optional<bool> parsed_bool(std::string_view text) {
    constexpr std::array truths{"1", "true", "on", "yes", "t", "y"};
    constexpr std::array lies{"0", "false", "off", "no", "f", "n"};
    const std::string word = lowered(text);
    if (std::ranges::contains(truths, word)) return true;
    if (std::ranges::contains(lies, word)) return false;
    return std::nullopt;
}

/// "'red', 'green' or 'blue'"
std::string choice(std::span<const std::string_view> names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) text += i + 1 == names.size() ? " or " : ", ";
        text += std::format("'{}'", public_name(names[i]));
    }
    return text;
}

void* member_at(void* object, const Member& member) { return static_cast<char*>(object) + member.offset; }
const void* member_at(const void* object, const Member& member) {
    return static_cast<const char*>(object) + member.offset;
}

} // namespace

std::string_view public_name(std::string_view member) {
    if (member.size() > 1 && member.ends_with('_')) member.remove_suffix(1);
    return member;
}

void Converter::fail(std::string_view type, std::string_view message) {
    if (errors_.size() < most_errors)
        errors_.push_back({{"loc", Json(place_)}, {"msg", message}, {"type", type}});
}

void Converter::fail_range(const Type& type, bool too_large) {
    if (too_large)
        fail("less_than_equal", std::format("Input should be less than or equal to {}", type.highest));
    else
        fail("greater_than_equal", std::format("Input should be greater than or equal to {}", type.lowest));
}

void Converter::convert(const Type& type, void* at, const Json& input) {
    switch (type.kind) {
    case Kind::boolean: return convert_boolean(type, at, input);
    case Kind::integer: return convert_integer(type, at, input);
    case Kind::number: return convert_number(type, at, input);
    case Kind::enumeration: return convert_enumeration(type, at, input);
    case Kind::text:
        return input.is_string() ? type.store(at, input)
                                 : fail("string_type", "Input should be a valid string");
    case Kind::json: return type.store(at, input);
    case Kind::optional:
        type.clear(at);
        if (!input.is_null()) convert(type.element(), type.add(at, ""), input);
        return;
    case Kind::list: return convert_list(type, at, input);
    case Kind::map: return convert_map(type, at, input);
    case Kind::object: return convert_object(type, at, input);
    case Kind::header:
    case Kind::body: return convert(type.element(), at, input);
    }
}

void Converter::convert_boolean(const Type& type, void* at, const Json& input) {
    std::optional<bool> value;
    if (input.is_boolean()) value = input.get<bool>();
    if (input.is_string()) value = parsed_bool(input.get_ref<const std::string&>());
    if (input.is_number() && (input == 0 || input == 1)) value = input == 1;
    if (value) return type.store(at, *value);
    if (input.is_string() || input.is_number())
        fail("bool_parsing", "Input should be a valid boolean, unable to interpret input");
    else
        fail("bool_type", "Input should be a valid boolean");
}

void Converter::convert_integer(const Type& type, void* at, const Json& input) {
    ParsedInteger parsed;
    if (input.is_boolean()) return type.store(at, Json(input.get<bool>() ? 1 : 0));
    if (input.is_number_unsigned()) {
        parsed = {.valid = true, .magnitude = input.get<std::uint64_t>()};
    } else if (input.is_number_integer()) {
        const auto value = input.get<std::int64_t>();
        parsed = {.valid = true,
                  .negative = value < 0,
                  .magnitude =
                      value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value)};
    } else if (input.is_number_float()) {
        const auto value = input.get<double>();
        if (std::trunc(value) != value)
            return fail("int_from_float",
                        "Input should be a valid integer, got a number with a fractional part");
        constexpr double beyond = 18446744073709551616.0; // 2^64
        parsed = {.valid = true, .negative = value < 0};
        if (std::abs(value) < beyond) parsed.magnitude = static_cast<std::uint64_t>(std::abs(value));
    } else if (input.is_string()) {
        parsed = parsed_integer(input.get_ref<const std::string&>());
        if (!parsed.valid)
            return fail("int_parsing",
                        "Input should be a valid integer, unable to parse string as an integer");
    } else {
        return fail("int_type", "Input should be a valid integer");
    }
    const std::uint64_t most = parsed.negative ? ~static_cast<std::uint64_t>(type.lowest) + 1 : type.highest;
    if (!parsed.magnitude || *parsed.magnitude > most) return fail_range(type, !parsed.negative);
    if (parsed.negative)
        type.store(at, Json(static_cast<std::int64_t>(~*parsed.magnitude + 1)));
    else
        type.store(at, Json(*parsed.magnitude));
}

void Converter::convert_number(const Type& type, void* at, const Json& input) {
    std::optional<double> value;
    if (input.is_number()) value = input.get<double>();
    if (input.is_boolean()) value = input.get<bool>() ? 1 : 0;
    if (input.is_string()) {
        value = parsed_double(input.get_ref<const std::string&>());
        if (!value)
            return fail("float_parsing",
                        "Input should be a valid number, unable to parse string as a number");
    }
    if (!value) return fail("float_type", "Input should be a valid number");
    if (!std::isfinite(*value)) return fail("finite_number", "Input should be a finite number");
    type.store(at, Json(*value));
}

void Converter::convert_enumeration(const Type& type, void* at, const Json& input) {
    const std::span<const std::string_view> names = type.enumerators();
    const auto found = input.is_string()
                           ? std::ranges::find(names, input.get_ref<const std::string&>(), &public_name)
                           : names.end();
    if (found == names.end()) return fail("enum", "Input should be " + choice(names));
    type.store(at, Json(found - names.begin()));
}

void Converter::convert_list(const Type& type, void* at, const Json& input) {
    if (!input.is_array()) return fail("list_type", "Input should be a valid list");
    type.clear(at);
    for (std::size_t i = 0; i < input.size(); ++i) {
        const Inside inside(*this, i);
        convert(type.element(), type.add(at, ""), input[i]);
    }
}

void Converter::convert_map(const Type& type, void* at, const Json& input) {
    if (!input.is_object()) return fail("dict_type", "Input should be a valid dictionary");
    type.clear(at);
    for (const auto& [key, value] : input.items()) {
        const Inside inside(*this, key);
        convert(type.element(), type.add(at, key), value);
    }
}

void Converter::convert_object(const Type& type, void* at, const Json& input) {
    if (!input.is_object())
        return fail("model_attributes_type",
                    "Input should be a valid dictionary or object to extract fields from");
    const std::size_t before = errors_.size();
    for (const Member& member : type.members()) {
        const std::string name(public_name(member.name));
        const Inside inside(*this, name);
        if (const auto found = input.find(name); found != input.end())
            convert(member.type(), member_at(at, member), *found);
        else if (member.required)
            fail_missing();
    }
    if (errors_.size() > before || !type.validate) return;
    try {
        type.validate(at);
    } catch (const ValueError& error) {
        fail("value_error", std::format("Value error, {}", error.what()));
    }
}

void convert(const Type& type, void* at, const Json& json) {
    Converter converter;
    converter.convert(type, at, json);
    if (!converter.errors().empty()) throw ValidationError(converter.errors());
}

Json to_json(const Type& type, const void* at) {
    switch (type.kind) {
    case Kind::enumeration: {
        const auto names = type.enumerators();
        const Json index = type.load(at);
        const int value = index.get<int>();
        return value >= 0 && std::cmp_less(value, names.size())
                   ? Json(public_name(names[static_cast<std::size_t>(value)]))
                   : index;
    }
    case Kind::optional: {
        Json json;
        type.visit(at,
                   [&](std::string_view, const void* element) { json = to_json(type.element(), element); });
        return json;
    }
    case Kind::list: {
        Json json = Json::array();
        type.visit(at, [&](std::string_view, const void* element) {
            json.push_back(to_json(type.element(), element));
        });
        return json;
    }
    case Kind::map: {
        Json json = Json::object();
        type.visit(at, [&](std::string_view key, const void* element) {
            json[std::string(key)] = to_json(type.element(), element);
        });
        return json;
    }
    case Kind::object: {
        Json json = Json::object();
        for (const Member& member : type.members())
            json[std::string(public_name(member.name))] = to_json(member.type(), member_at(at, member));
        return json;
    }
    case Kind::header:
    case Kind::body: return to_json(type.element(), at);
    default: return type.load(at);
    }
}

} // namespace detail

ValidationError::ValidationError(Json errors)
    : ValueError(detail::message_of(errors)), errors_(std::move(errors)) {}

RequestValidationError::RequestValidationError(Json errors)
    : HTTPUnprocessableEntity(dump_json({{"detail", errors}}), {{"Content-Type", "application/json"}}),
      errors_(std::move(errors)) {}

} // namespace asyncio::web
