#include "text.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <format>
#include <memory>
#include <utility>

namespace asyncio::web::detail {
namespace {

constexpr int hexadecimal = 16;

bool is_alphanumeric(char letter) { return std::isalnum(static_cast<unsigned char>(letter)) != 0; }

/// The byte of a code such as "%2F" at the beginning of the text.
std::optional<char> decoded_byte(std::string_view text) {
    if (text.size() < 3 || text[0] != '%') return std::nullopt;
    const std::optional<std::uint64_t> byte = parsed_number(text.substr(1, 2), hexadecimal);
    return byte ? std::optional(static_cast<char>(*byte)) : std::nullopt;
}

bool stays_in_a_path(char letter) {
    return is_alphanumeric(letter) || std::string_view("-._~!$&'()*+,;=:@/").contains(letter);
}

std::string form_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (const std::optional<char> byte = decoded_byte(text.substr(at))) {
            plain += *byte;
            at += 2;
        } else {
            plain += text[at] == '+' ? ' ' : text[at];
        }
    }
    return plain;
}

} // namespace

char to_lower(char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); }

std::string lowered(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), to_lower);
    return lower;
}

bool same_ignoring_case(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, to_lower, to_lower);
}

std::optional<std::uint64_t> parsed_number(std::string_view digits, int base) {
    std::uint64_t value = 0;
    const char* const end = std::to_address(digits.end());
    const auto [stopped, error] = std::from_chars(std::to_address(digits.begin()), end, value, base);
    if (digits.empty() || error != std::errc{} || stopped != end) return std::nullopt;
    return value;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char letter) {
        return is_alphanumeric(letter) || std::string_view("!#$%&'*+-.^_`|~").contains(letter);
    });
}

std::vector<std::string> list_items(std::string_view value) {
    std::vector<std::string> items;
    while (!value.empty()) {
        const std::size_t comma = std::min(value.find(','), value.size());
        if (const std::string_view item = trimmed(value.substr(0, comma)); !item.empty())
            items.emplace_back(item);
        value.remove_prefix(std::min(comma + 1, value.size()));
    }
    return items;
}

bool has_item(const http::Headers& headers, std::string_view name, std::string_view item) {
    return std::ranges::any_of(headers.get_all(name), [&](const std::string& value) {
        return std::ranges::any_of(list_items(value),
                                   [&](const std::string& each) { return same_ignoring_case(each, item); });
    });
}

std::optional<std::string> percent_decoded(std::string_view text) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            plain += text[at];
            continue;
        }
        const std::optional<char> byte = decoded_byte(text.substr(at));
        if (!byte) return std::nullopt;
        plain += *byte;
        at += 2;
    }
    return plain;
}

std::string encoded_path(std::string_view path) {
    std::string text;
    for (const char letter : path) {
        if (stays_in_a_path(letter))
            text += letter;
        else
            text += std::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return text;
}

std::string encoded_segment(std::string_view segment) {
    std::string text;
    for (const char letter : encoded_path(segment)) {
        if (letter == '/')
            text += "%2F";
        else
            text += letter;
    }
    return text;
}

std::string visible_url(std::string_view url) {
    std::string text;
    for (const char letter : url) {
        if (letter > ' ' && letter < '\x7F')
            text += letter;
        else
            text += std::format("%{:02X}", static_cast<unsigned char>(letter));
    }
    return text;
}

std::optional<std::string> canonical_path(std::string_view encoded) {
    std::string text;
    for (std::size_t at = 0; at < encoded.size(); ++at) {
        if (encoded[at] != '%') {
            text += encoded_path(encoded.substr(at, 1));
            continue;
        }
        const std::optional<char> byte = decoded_byte(encoded.substr(at));
        if (!byte) return std::nullopt;
        text += *byte == '/' ? "%2F" : encoded_path({&*byte, 1});
        at += 2;
    }
    return text;
}

http::Fields parsed_form(std::string_view text) {
    http::Fields fields;
    while (!text.empty()) {
        const std::string_view field = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(field.size() + 1, text.size()));
        if (field.empty()) continue;
        const std::size_t equals = std::min(field.find('='), field.size());
        fields.emplace_back(form_decoded(field.substr(0, equals)),
                            form_decoded(field.substr(std::min(equals + 1, field.size()))));
    }
    return fields;
}

std::optional<std::string> parameter(std::string_view header, std::string_view name) {
    std::size_t at = header.find(';');
    while (at < header.size()) {
        ++at;
        const std::size_t equals = header.find_first_of("=;", at);
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string_view found = trimmed(header.substr(at, equals - at));
        at = equals;
        if (header[equals] == ';') continue;
        std::string value;
        if (const std::size_t quote = header.find_first_not_of(" \t", equals + 1);
            quote != std::string_view::npos && header[quote] == '"') {
            for (at = quote + 1; at < header.size() && header[at] != '"'; ++at) {
                // Browsers do not escape; other clients escape quotes, and a backslash stands before nothing else.
                if (header[at] == '\\' && at + 1 < header.size() &&
                    (header[at + 1] == '"' || header[at + 1] == '\\'))
                    ++at;
                value += header[at];
            }
            at = std::min(header.find(';', std::min(at, header.size())), header.size());
        } else {
            at = std::min(header.find(';', equals), header.size());
            value = trimmed(header.substr(equals + 1, at - equals - 1));
        }
        if (same_ignoring_case(found, name)) return value;
    }
    return std::nullopt;
}

namespace {
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
} // namespace

std::string http_date(std::chrono::sys_seconds time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return std::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                       weekdays.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
                       months.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::optional<std::chrono::sys_seconds> parsed_http_date(const std::string& text) {
    // The form that servers must send; the two obsolete ones are treated as no date.
    if (text.size() != std::string_view("Sun, 06 Nov 1994 08:49:37 GMT").size() || !text.ends_with(" GMT"))
        return std::nullopt;
    const auto number = [&](std::size_t at, std::size_t length) {
        const std::optional<std::uint64_t> value = parsed_number(std::string_view(text).substr(at, length));
        return value ? static_cast<int>(*value) : -1;
    };
    // Iterators, which are pointers only in some libraries. NOLINTNEXTLINE(readability-qualified-auto)
    const auto month = std::ranges::find(months, std::string_view(text).substr(8, 3));
    const int day = number(5, 2);
    const int year = number(12, 4);
    const int hour = number(17, 2);
    const int minute = number(20, 2);
    const int second = number(23, 2);
    if (month == months.end() || day < 0 || year < 0 || hour < 0 || minute < 0 || second < 0)
        return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1),
        std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second);
}

std::string_view media_type(std::string_view path) {
    static constexpr auto types = std::to_array<std::pair<std::string_view, std::string_view>>({
        {"avif", "image/avif"},       {"bmp", "image/bmp"},    {"css", "text/css"},
        {"csv", "text/csv"},          {"gif", "image/gif"},    {"gz", "application/gzip"},
        {"htm", "text/html"},         {"html", "text/html"},   {"ico", "image/vnd.microsoft.icon"},
        {"jpeg", "image/jpeg"},       {"jpg", "image/jpeg"},   {"js", "text/javascript"},
        {"json", "application/json"}, {"md", "text/markdown"}, {"mjs", "text/javascript"},
        {"mp3", "audio/mpeg"},        {"mp4", "video/mp4"},    {"ogg", "audio/ogg"},
        {"pdf", "application/pdf"},   {"png", "image/png"},    {"svg", "image/svg+xml"},
        {"tar", "application/x-tar"}, {"txt", "text/plain"},   {"wasm", "application/wasm"},
        {"wav", "audio/wav"},         {"webm", "video/webm"},  {"webp", "image/webp"},
        {"woff", "font/woff"},        {"woff2", "font/woff2"}, {"xml", "application/xml"},
        {"zip", "application/zip"},
    });
    const std::size_t dot = path.find_last_of("./");
    if (dot == std::string_view::npos || path[dot] == '/') return "application/octet-stream";
    const std::string extension = lowered(path.substr(dot + 1));
    // NOLINTNEXTLINE(readability-qualified-auto): as above
    const auto found =
        std::ranges::find(types, extension, &std::pair<std::string_view, std::string_view>::first);
    return found == types.end() ? "application/octet-stream" : found->second;
}

} // namespace asyncio::web::detail
