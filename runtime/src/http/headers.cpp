#include <asyncio/error.hpp>
#include <asyncio/http/headers.hpp>

#include <algorithm>
#include <cctype>
#include <climits>
#include <cstddef>
#include <format>
#include <utility>

namespace asyncio::http {
namespace {

char lower(char letter) { return static_cast<char>(std::tolower(static_cast<unsigned char>(letter))); }

bool same_name(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

bool is_token(std::string_view name) {
    static constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::ranges::all_of(name, [](unsigned char letter) {
        return std::isalnum(letter) != 0 || marks.contains(static_cast<char>(letter));
    });
}

void check(std::string_view name, std::string_view value) {
    if (!is_token(name))
        throw ValueError(
            std::format("\"{}\" is not a valid header name: use letters, digits and hyphens", name));
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
        throw ValueError(
            std::format("the value of header {} contains a line break or a NUL: remove it", name));
}

} // namespace

Headers::Headers(std::initializer_list<std::pair<std::string, std::string>> fields) {
    for (const auto& [name, value] : fields) add(name, value);
}

Headers::Headers(HeaderList fields) : fields_(std::move(fields)) {
    for (const auto& [name, value] : fields_) check(name, value);
}

std::optional<std::string> Headers::get(std::string_view name) const {
    const auto found =
        std::ranges::find_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
    if (found == fields_.end()) return std::nullopt;
    return found->second;
}

std::vector<std::string> Headers::get_all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& field : fields_)
        if (same_name(field.first, name)) values.push_back(field.second);
    return values;
}

bool Headers::contains(std::string_view name) const { return get(name).has_value(); }

void Headers::set(std::string name, std::string value) {
    remove(name);
    add(std::move(name), std::move(value));
}

void Headers::add(std::string name, std::string value) {
    check(name, value);
    fields_.emplace_back(std::move(name), std::move(value));
}

void Headers::remove(std::string_view name) {
    std::erase_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
}

void Headers::update(const Headers& others) {
    for (const auto& field : others) remove(field.first);
    for (const auto& [name, value] : others) add(name, value);
}

std::string basic_auth(std::string_view user, std::string_view password) {
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::string plain = std::format("{}:{}", user, password);
    std::string encoded = "Basic ";
    constexpr std::size_t bytes_in_group = 3;
    constexpr std::size_t digits_in_group = 4;
    constexpr std::size_t bits_in_digit = 6;
    for (std::size_t at = 0; at < plain.size(); at += bytes_in_group) {
        std::size_t group = 0;
        for (std::size_t i = at; i < at + bytes_in_group; ++i)
            group = group << CHAR_BIT | (i < plain.size() ? static_cast<unsigned char>(plain[i]) : 0u);
        for (std::size_t digit = 0; digit < digits_in_group; ++digit) {
            const std::size_t rest = group >> (bits_in_digit * (digits_in_group - 1 - digit));
            encoded += at + digit > plain.size() ? '=' : digits[rest % digits.size()];
        }
    }
    return encoded;
}

} // namespace asyncio::http
