#pragma once

#include <asyncio/web/request.hpp>

#include <string_view>
#include <vector>

namespace asyncio::web::detail {

/// The fields of a multipart/form-data body (RFC 7578). `content_type` is the request's header, with the boundary.
/// Raises HTTPBadRequest.
std::vector<FormField> parsed_multipart(std::string_view body, std::string_view content_type);

} // namespace asyncio::web::detail
