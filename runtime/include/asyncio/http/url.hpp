#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace asyncio::http {

/// The fields of a query or a form, in order.
using Fields = std::vector<std::pair<std::string, std::string>>;

/// Fields as application/x-www-form-urlencoded: "a=1&b=two+words".
std::string form_encode(const Fields& fields);

/// The URL with the fields added to its query.
std::string with_query(std::string_view url, const Fields& fields);

/// `url` where it is absolute, else seen from `base` as a link in that page would be.
std::string resolve(std::string_view base, std::string_view url);

/// "https://example.org:8080" of any longer URL: what a limit per host counts by.
std::string origin_of(std::string_view url);

} // namespace asyncio::http
