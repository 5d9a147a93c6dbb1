#pragma once

#include <asyncio/http/headers.hpp>
#include <asyncio/http/url.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace asyncio::web::detail {

char to_lower(char letter);
std::string lowered(std::string_view text);
bool same_ignoring_case(std::string_view left, std::string_view right);
std::string_view trimmed(std::string_view text);
bool is_token(std::string_view text);
/// The items of a list such as "keep-alive, Upgrade".
std::vector<std::string> list_items(std::string_view value);
/// Whether one of the header's lists has the item, in any case.
bool has_item(const http::Headers& headers, std::string_view name, std::string_view item);

inline constexpr int decimal = 10;
/// nullopt unless the text consists of digits, and for 2^64 and more.
std::optional<std::uint64_t> parsed_number(std::string_view digits, int base = decimal);

/// nullopt if a "%" is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);
/// One spelling for each path: what need not be encoded is decoded, the rest is encoded with capital digits. nullopt as
/// for percent_decoded().
std::optional<std::string> canonical_path(std::string_view encoded);
/// The canonical spelling of a path that is not encoded.
std::string encoded_path(std::string_view path);
/// The same, with each "/" encoded too.
std::string encoded_segment(std::string_view segment);
/// A URL without what a request line cannot have.
std::string visible_url(std::string_view url);

/// Fields as application/x-www-form-urlencoded. A "%" that begins no code stands for itself, as in browsers.
http::Fields parsed_form(std::string_view text);

/// A parameter of a header such as `multipart/form-data; boundary="x"`; nullopt if it has none of that name.
std::optional<std::string> parameter(std::string_view header, std::string_view name);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::chrono::sys_seconds time);
std::optional<std::chrono::sys_seconds> parsed_http_date(const std::string& text);
/// The media type of a file by its extension.
std::string_view media_type(std::string_view path);

/// The Sec-WebSocket-Accept for a key.
std::string accept_of(std::string_view key);
std::string base64(std::string_view bytes);

} // namespace asyncio::web::detail
