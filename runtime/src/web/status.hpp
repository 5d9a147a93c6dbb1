#pragma once

#include <string_view>

/// The statuses of HTTP that the server itself looks at.
namespace asyncio::web::detail::status {

inline constexpr int go_on = 100;
inline constexpr int switching_protocols = 101;
inline constexpr int first_final = 200;
inline constexpr int no_content = 204;
inline constexpr int partial_content = 206;
inline constexpr int not_modified = 304;
inline constexpr int bad_request = 400;
inline constexpr int method_not_allowed = 405;
inline constexpr int content_too_large = 413;
inline constexpr int uri_too_long = 414;
inline constexpr int headers_too_large = 431;

constexpr bool has_no_body(int status) {
    return status < first_final || status == no_content || status == not_modified;
}
/// Of a status; empty for an unknown one.
std::string_view reason_of(int status);

} // namespace asyncio::web::detail::status
