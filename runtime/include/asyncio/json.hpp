#pragma once

#include <asyncio/error.hpp>

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace asyncio {

/// JSON, by nlohmann's library.
using Json = nlohmann::json;

/// Text that is no JSON; says where it stops being that.
class JsonError : public ValueError {
    using ValueError::ValueError;
};

/// Deeper nesting is refused: to read and to destroy it would use up the stack.
inline constexpr int deepest_json = 512;

/// Raises JsonError.
Json parse_json(std::string_view text);

} // namespace asyncio
