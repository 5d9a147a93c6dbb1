#include <asyncio/http/url.hpp>

#include <cctype>
#include <format>

namespace asyncio::http {
namespace {

void encode_to(std::string& text, std::string_view plain) {
    for (const unsigned char byte : plain) {
        if (std::isalnum(byte) != 0 || byte == '*' || byte == '-' || byte == '.' || byte == '_')
            text += static_cast<char>(byte);
        else if (byte == ' ')
            text += '+';
        else
            text += std::format("%{:02X}", byte);
    }
}

/// The start of the path in an absolute URL; npos if it is not absolute.
std::size_t authority_end(std::string_view url) {
    const std::size_t colon = url.find("://");
    if (colon == std::string_view::npos || url.find_first_of("/?#") < colon) return std::string_view::npos;
    return std::min(url.find_first_of("/?#", colon + 3), url.size());
}

} // namespace

std::string form_encode(const Fields& fields) {
    std::string text;
    for (const auto& [name, value] : fields) {
        if (!text.empty()) text += '&';
        encode_to(text, name);
        text += '=';
        encode_to(text, value);
    }
    return text;
}

std::string with_query(std::string_view url, const Fields& fields) {
    if (fields.empty()) return std::string(url);
    const std::size_t hash = std::min(url.find('#'), url.size());
    std::string text(url.substr(0, hash));
    if (!text.contains('?'))
        text += '?';
    else if (!text.ends_with('?') && !text.ends_with('&'))
        text += '&';
    return text + form_encode(fields) + std::string(url.substr(hash));
}

std::string resolve(std::string_view base, std::string_view url) {
    if (base.empty() || authority_end(url) != std::string_view::npos) return std::string(url);
    const std::size_t path = authority_end(base);
    if (path == std::string_view::npos) return std::string(url);
    if (url.starts_with("//")) return std::string(base.substr(0, base.find(':') + 1)) + std::string(url);
    if (url.starts_with('/')) return std::string(base.substr(0, path)) + std::string(url);
    std::string_view folder = base.substr(0, std::min(base.find_first_of("?#", path), base.size()));
    if (url.empty() || url.starts_with('?') || url.starts_with('#'))
        return std::string(folder) + std::string(url);
    folder = folder.substr(0, std::max(folder.rfind('/') + 1, path));
    return std::string(folder) + (folder.size() == path ? "/" : "") + std::string(url);
}

std::string origin_of(std::string_view url) {
    return std::string(url.substr(0, std::min(authority_end(url), url.size())));
}

} // namespace asyncio::http
