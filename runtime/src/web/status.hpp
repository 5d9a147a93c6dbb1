#pragma once

#include <string_view>

/// The statuses of HTTP that the server itself looks at.
namespace asyncio::web::detail::status {

inline constexpr int go_on = 100;
inline constexpr int switching_protocols = 101;
inline constexpr int first_final = 200;
inline constexpr int no_content = 204;
inline constexpr int partial_content = 206;
inline constexpr int moved_permanently = 301;
inline constexpr int moved_temporarily = 302;
inline constexpr int see_other = 303;
inline constexpr int not_modified = 304;
inline constexpr int temporary_redirect = 307;
inline constexpr int permanent_redirect = 308;
inline constexpr int bad_request = 400;
inline constexpr int method_not_allowed = 405;
inline constexpr int content_too_large = 413;
inline constexpr int uri_too_long = 414;
inline constexpr int headers_too_large = 431;

constexpr bool has_no_body(int status) {
    return status < first_final || status == no_content || status == not_modified;
}
constexpr bool is_redirect(int status) {
    return status == moved_permanently || status == moved_temporarily || status == see_other ||
           status == temporary_redirect || status == permanent_redirect;
}
/// Of a status; empty for an unknown one.
std::string_view reason_of(int status);

} // namespace asyncio::web::detail::status
