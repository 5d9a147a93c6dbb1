#include "head.hpp"

#include "status.hpp"
#include "text.hpp"

#include <asyncio/web/error.hpp>

#include <algorithm>
#include <format>
#include <utility>
#include <vector>

namespace asyncio::web::detail {
namespace {

bool is_visible(char letter) { return letter > ' ' && letter < '\x7F'; }

/// Text of a header's value: visible letters, spaces, tabs, and bytes beyond ASCII.
bool is_field_text(char letter) {
    return letter == '\t' || (static_cast<unsigned char>(letter) >= ' ' && letter != '\x7F');
}

std::pair<std::string, std::string> parsed_field(std::string_view line) {
    if (line.starts_with(' ') || line.starts_with('\t'))
        throw HTTPBadRequest("a header is continued on a second line, which is not allowed");
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) throw HTTPBadRequest("a header has no colon");
    const std::string_view name = line.substr(0, colon);
    if (name.ends_with(' ') || name.ends_with('\t'))
        throw HTTPBadRequest("there is a space before a header's colon");
    if (!is_token(name)) throw HTTPBadRequest("a header's name contains an invalid character, or is empty");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (!std::ranges::all_of(value, is_field_text))
        throw HTTPBadRequest(std::format("the value of the header {} contains a control character", name));
    return {std::string(name), std::string(value)};
}

int parsed_version(std::string_view version) {
    if (version == "HTTP/1.1") return 1;
    if (version == "HTTP/1.0") return 0;
    const bool well_formed = version.size() == 8 && version.starts_with("HTTP/") && version[6] == '.' &&
                             version[5] >= '0' && version[5] <= '9' && version[7] >= '0' && version[7] <= '9';
    if (!well_formed) throw HTTPBadRequest("the request line does not end with HTTP/1.1");
    throw HTTPVersionNotSupported("this server speaks HTTP/1.1 and HTTP/1.0");
}

bool is_host(std::string_view host) {
    return std::ranges::all_of(host, [](char letter) {
        return is_visible(letter) && !std::string_view("\"#/<>?@\\^`{|}").contains(letter);
    });
}

/// The target without the origin of an absolute one, whose host goes before the header.
std::string path_of(std::string_view method, std::string_view target, http::Headers& headers) {
    if (!std::ranges::all_of(target, is_visible) || target.contains('#'))
        throw HTTPBadRequest("the path contains an invalid character: encode it with %");
    if (target.starts_with('/')) return std::string(target);
    if (target == "*" && method == "OPTIONS") return "*";
    const std::string_view scheme = target.substr(0, target.find("://"));
    if (scheme.size() < target.size() &&
        (same_ignoring_case(scheme, "http") || same_ignoring_case(scheme, "https"))) {
        const std::string_view rest = target.substr(scheme.size() + 3);
        const std::string_view host = rest.substr(0, rest.find_first_of("/?"));
        if (host.empty() || !is_host(host))
            throw HTTPBadRequest("the URL of the request line has no valid host");
        const std::string_view path = rest.substr(host.size());
        headers.set("Host", std::string(host));
        return path.starts_with('/') ? std::string(path) : "/" + std::string(path);
    }
    throw HTTPBadRequest("the path of the request line does not begin with /");
}

void check_host(const RequestHead& head) {
    const std::vector<std::string> hosts = head.headers.get_all("host");
    if (hosts.size() > 1) throw HTTPBadRequest("there is more than one Host header");
    if (hosts.empty() && head.minor == 1) throw HTTPBadRequest("there is no Host header");
    if (!hosts.empty() && !is_host(hosts.front())) throw HTTPBadRequest("the Host header is not a host");
}

Framing framing_of(const http::Headers& headers, int minor) {
    const std::vector<std::string> codings = headers.get_all("transfer-encoding");
    const std::vector<std::string> lengths = headers.get_all("content-length");
    if (!codings.empty()) {
        if (!lengths.empty())
            throw HTTPBadRequest("there is a Content-Length with a Transfer-Encoding: only one may be given");
        if (minor == 0) throw HTTPBadRequest("HTTP/1.0 has no Transfer-Encoding");
        if (codings.size() != 1 || !same_ignoring_case(codings.front(), "chunked")) {
            const std::vector<std::string> all = list_items(codings.back());
            if (all.empty() || !same_ignoring_case(all.back(), "chunked"))
                throw HTTPBadRequest("the last Transfer-Encoding is not chunked");
            throw HTTPNotImplemented("the only Transfer-Encoding that is supported is chunked");
        }
        return {.kind = Framing::Kind::chunked};
    }
    if (lengths.empty()) return {};
    if (lengths.size() > 1) throw HTTPBadRequest("there is more than one Content-Length header");
    const std::optional<std::uint64_t> length = parsed_length(lengths.front());
    if (!length) throw HTTPBadRequest("the Content-Length is not a number of bytes");
    return {.kind = *length == 0 ? Framing::Kind::none : Framing::Kind::length, .length = *length};
}

bool stays_open(const RequestHead& head) {
    if (has_item(head.headers, "connection", "close")) return false;
    return head.minor == 1 || has_item(head.headers, "connection", "keep-alive");
}

bool expects_continue(const RequestHead& head) {
    const std::optional<std::string> expectation = head.headers.get("expect");
    if (!expectation || head.minor == 0) return false;
    if (!same_ignoring_case(*expectation, "100-continue"))
        throw HTTPExpectationFailed("the only expectation that is supported is 100-continue");
    return true;
}

} // namespace

std::optional<std::uint64_t> parsed_length(std::string_view digits) {
    const std::optional<std::uint64_t> length = parsed_number(digits);
    return length && *length <= static_cast<std::uint64_t>(INT64_MAX) ? length : std::nullopt;
}

Coro<http::Headers> read_fields(Input& input, std::size_t left) {
    http::HeaderList fields;
    for (;;) {
        const std::string line = co_await input.line(longest_head_line, status::headers_too_large);
        if (line.empty()) co_return http::Headers(std::move(fields));
        if (line.size() + 2 > left)
            throw HTTPRequestHeaderFieldsTooLarge(
                std::format("the headers are larger than {} bytes together", largest_head));
        left -= line.size() + 2;
        fields.push_back(parsed_field(line));
    }
}

Coro<RequestHead> read_request_head(Input& input) {
    std::string line = co_await input.line(longest_head_line, status::uri_too_long);
    // Some clients send an empty line behind a body.
    if (line.empty()) line = co_await input.line(longest_head_line, status::uri_too_long);
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string::npos || first == last)
        throw HTTPBadRequest("the request line is not a method, a path and a version");
    RequestHead head;
    head.method = line.substr(0, first);
    if (!is_token(head.method)) throw HTTPBadRequest("the method contains an invalid character");
    head.minor = parsed_version(std::string_view(line).substr(last + 1));
    head.headers = co_await read_fields(input, largest_head - line.size() - 2);
    check_host(head);
    head.target =
        path_of(head.method, std::string_view(line).substr(first + 1, last - first - 1), head.headers);
    head.framing = framing_of(head.headers, head.minor);
    head.keep_alive = stays_open(head);
    head.expects_continue = expects_continue(head);
    co_return head;
}

Coro<ResponseHead> read_response_head(Input& input, std::string_view method) {
    const std::string line = co_await input.line(longest_head_line, status::bad_request);
    ResponseHead head;
    const std::string_view text(line);
    constexpr std::size_t status_at = 9;
    const bool is_known = text.starts_with("HTTP/1.1 ") || text.starts_with("HTTP/1.0 ");
    const std::optional<std::uint64_t> code =
        is_known ? parsed_number(text.substr(status_at, 3)) : std::nullopt;
    if (!code) throw HTTPBadRequest("the status line is not a version, a status and a reason");
    head.status = static_cast<int>(*code);
    if (line.size() > status_at + 4) head.reason = line.substr(status_at + 4);
    head.headers = co_await read_fields(input, largest_head);
    if (method != "HEAD" && !status::has_no_body(head.status)) {
        head.framing = framing_of(head.headers, 1);
        if (head.framing.kind == Framing::Kind::none && !head.headers.contains("content-length"))
            head.framing.kind = Framing::Kind::until_end;
    }
    co_return head;
}

} // namespace asyncio::web::detail
