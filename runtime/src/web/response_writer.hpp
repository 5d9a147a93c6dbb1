#pragma once

#include "exchange.hpp"

#include <asyncio/web/error.hpp>
#include <asyncio/web/response.hpp>

#include <memory>

namespace asyncio::web::detail {

/// Sends a response, or what is left of one that was started. Suspends while the connection takes no more data.
Coro<> send_response(std::shared_ptr<Exchange> exchange, Response response);

Response to_response(const HTTPException& error);

/// The headers with a Content-Type, if there is none and the text says one.
http::Headers with_type(http::Headers headers, std::string_view content_type);

} // namespace asyncio::web::detail
