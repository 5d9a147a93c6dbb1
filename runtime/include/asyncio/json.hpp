#pragma once

#include <asyncio/error.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <format>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>

namespace asyncio {

/// JSON, from the nlohmann library.
using Json = nlohmann::json;

/// Text that is not valid JSON; the message gives the position of the error.
class JsonError : public ValueError {
    using ValueError::ValueError;
};

/// Maximum nesting depth: parsing and destroying deeper values would exhaust the stack.
inline constexpr int deepest_json = 512;

/// Raises JsonError.
Json parse_json(std::string_view text);

/// On one line, or with `indent` spaces of indentation per level. Bytes that are not valid UTF-8 become
/// U+FFFD.
std::string dump_json(const Json& json, std::optional<std::size_t> indent = std::nullopt);

} // namespace asyncio

/// `std::println("{}", json)` on one line; `{:2}` on several lines, with 2 spaces of indentation per level.
template <> struct std::formatter<nlohmann::json> {
    constexpr auto parse(std::format_parse_context& context) {
        constexpr std::size_t base = 10;
        const std::string_view rest(context.begin(), context.end());
        const std::string_view digits = rest.substr(0, rest.find_first_not_of("0123456789"));
        for (const char digit : digits)
            indent_ = (indent_.value_or(0) * base) + static_cast<std::size_t>(digit - '0');
        if (digits.size() < rest.size() && rest[digits.size()] != '}')
            throw std::format_error("the format of a Json is {}, or {:2} to indent by 2");
        return std::ranges::next(context.begin(), std::ssize(digits));
    }
    template <class Context> auto format(const nlohmann::json& json, Context& context) const {
        return std::ranges::copy(asyncio::dump_json(json, indent_), context.out()).out;
    }

private:
    std::optional<std::size_t> indent_;
};
