#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/http/client_response.hpp>
#include <asyncio/http/headers.hpp>

#include <optional>
#include <string>

namespace asyncio {

/// The second argument of fetch(), as in the browser's fetch.
struct FetchInit {
    std::string method = "GET";
    http::Headers headers = {};
    std::optional<std::string> body = {};
    /// "follow", or "error", with which a redirect raises ClientConnectionError.
    std::string redirect = "follow";
    /// "omit", "same-origin" or "include".
    std::string credentials = "same-origin";
};

/// The browser's fetch: suspends until the head of the response has arrived. Has no time limit and no limit
/// on concurrent requests; http::ClientSession has both. Raises InvalidUrl, ClientConnectionError,
/// ValueError.
Coro<http::ClientResponse> fetch(std::string url, FetchInit init = {});

} // namespace asyncio
