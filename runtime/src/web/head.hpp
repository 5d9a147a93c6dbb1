#pragma once

#include "input.hpp"

#include <asyncio/http/headers.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace asyncio::web::detail {

/// Where a body ends.
struct Framing {
    enum class Kind : std::uint8_t { none, length, chunked, until_end };
    Kind kind = Kind::none;
    std::uint64_t length = 0;
};

/// The head of a request, checked.
struct RequestHead {
    std::string method = {};
    /// The path with its query, without an origin before it; "*" for the whole server.
    std::string target = {};
    /// Of HTTP/1.
    int minor = 1;
    http::Headers headers = {};
    Framing framing = {};
    bool keep_alive = true;
    bool expects_continue = false;
};

/// The largest line and head that are accepted, in bytes.
inline constexpr std::size_t longest_head_line = 8190;
inline constexpr std::size_t largest_head = std::size_t{32} * 1024;

/// Suspends until the head is there. Raises HTTPException for anything that is malformed, ambiguous or too large, and
/// BrokenOff.
Coro<RequestHead> read_request_head(Input& input);

/// The header fields up to an empty line: of a head, or behind a chunked body. `left` bytes are accepted.
Coro<http::Headers> read_fields(Input& input, std::size_t left);

/// nullopt for anything but decimal digits, and for 2^63 and more.
std::optional<std::uint64_t> parsed_length(std::string_view digits);

struct ResponseHead {
    int status = 0;
    std::string reason = {};
    http::Headers headers = {};
    Framing framing = {};
};
/// The same for the head of a response to `method`.
Coro<ResponseHead> read_response_head(Input& input, std::string_view method);

} // namespace asyncio::web::detail
