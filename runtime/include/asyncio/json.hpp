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

/// JSON, from the nlohmann library. Like a Python dict, an object keeps its keys in the order in which they
/// were added or parsed; unlike one, it is equal only to an object with the same order.
using Json = nlohmann::ordered_json;

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

/// Python's str(): the text of a string, without quotes; other values as JSON.
std::string text_of(const Json& json);

} // namespace asyncio

/// `std::println("{}", json)` on one line; `{:2}` on several lines, with 2 spaces of indentation per level;
/// `{:s}` a string without its quotes.
template <> struct std::formatter<asyncio::Json> {
    constexpr auto parse(std::format_parse_context& context) {
        constexpr std::size_t base = 10;
        const std::string_view rest(context.begin(), context.end());
        plain_ = rest.starts_with('s');
        const std::string_view spec = rest.substr(0, plain_ ? 1 : rest.find_first_not_of("0123456789"));
        if (!plain_)
            for (const char digit : spec)
                indent_ = (indent_.value_or(0) * base) + static_cast<std::size_t>(digit - '0');
        if (spec.size() < rest.size() && rest[spec.size()] != '}')
            throw std::format_error(
                "the format of a Json is {}, {:2} to indent by 2, or {:s} for the text of a "
                "string");
        return std::ranges::next(context.begin(), std::ssize(spec));
    }
    template <class Context> auto format(const asyncio::Json& json, Context& context) const {
        const std::string text = plain_ ? asyncio::text_of(json) : asyncio::dump_json(json, indent_);
        return std::ranges::copy(text, context.out()).out;
    }

private:
    std::optional<std::size_t> indent_;
    bool plain_ = false;
};
