#pragma once

#include <asyncio/web/detail/model.hpp>

#include <functional>
#include <string>
#include <string_view>

namespace asyncio::web::detail {

/// Where a parameter of a typed handler is in a request.
enum class Place { path, query, header, body };

/// As errors and OpenAPI name it.
std::string_view text_of(Place place);
Place place_of(const Member& member, const std::function<bool(std::string_view)>& in_path);
/// "user-agent" for user_agent.
std::string header_name(const Member& member);
/// The type of a member without web::Header or web::Body.
const Type& value_type(const Member& member);

} // namespace asyncio::web::detail
