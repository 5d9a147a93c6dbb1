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

/// `url` if it is absolute, otherwise resolved against `base` like a link in that page.
std::string resolve(std::string_view base, std::string_view url);

/// The origin of a URL, such as "https://example.org:8080": the key of the limit per host.
std::string origin_of(std::string_view url);

} // namespace asyncio::http
