#include <asyncio/detail/utf8.hpp>
#include <asyncio/json.hpp>

#include <format>

namespace asyncio {

Json parse_json(std::string_view text) {
    const auto bounded = [](int depth, Json::parse_event_t, Json&) {
        if (depth > deepest_json)
            throw JsonError(std::format("JSON nested more than {} levels deep", deepest_json));
        return true;
    };
    try {
        return Json::parse(text, bounded);
    } catch (const Json::parse_error& error) {
        throw JsonError(error.what());
    }
}

std::string dump_json(const Json& json, std::optional<std::size_t> indent) {
    return json.dump(indent ? static_cast<int>(*indent) : -1, ' ', false, Json::error_handler_t::replace);
}

std::string text_of(const Json& json) {
    return json.is_string() ? detail::to_valid_utf8(json.get<std::string>()) : dump_json(json);
}

} // namespace asyncio
