#pragma once

#include <string>
#include <string_view>

namespace asyncio::postgres::detail {

// The digests of PostgreSQL's passwords; each is returned as bytes.
std::string md5(std::string_view text);
std::string sha256(std::string_view text);
std::string hmac_sha256(std::string_view key, std::string_view text);
/// PBKDF2 with one block, as SCRAM has it.
std::string salted_password(std::string_view password, std::string_view salt, unsigned iterations);

std::string hex(std::string_view bytes);
std::string to_base64(std::string_view bytes);
/// Empty for what is none.
std::string from_base64(std::string_view text);

} // namespace asyncio::postgres::detail
