#include "read_time.hpp"

#include <asyncio/postgres/parameter.hpp>

#include <cmath>
#include <format>
#include <utility>

namespace asyncio::postgres {
namespace {

std::string hex_of(std::span<const std::byte> bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text = "\\x";
    text.reserve(2 + (2 * bytes.size()));
    for (const std::byte byte : bytes) {
        text += digits[std::to_integer<std::size_t>(byte >> 4)];
        text += digits[std::to_integer<std::size_t>(byte & std::byte{0xf})];
    }
    return text;
}

std::string float_input(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    return std::format("{}", number);
}

} // namespace

Parameter::Parameter() noexcept = default;
Parameter::Parameter(std::nullptr_t) noexcept {}
Parameter::Parameter(std::nullopt_t) noexcept {}
Parameter::Parameter(detail::Kind kind, std::string text) noexcept : kind_(kind), text_(std::move(text)) {}
Parameter::Parameter(std::string text) noexcept : Parameter(detail::Kind::text, std::move(text)) {}
Parameter::Parameter(std::string_view text) : Parameter(detail::Kind::text, std::string(text)) {}
Parameter::Parameter(const char* text) : Parameter(detail::Kind::text, std::string(text)) {}
Parameter::Parameter(const Bytes& bytes) : Parameter(detail::Kind::bytes, hex_of(bytes)) {}
Parameter::Parameter(std::span<const std::byte> bytes) : Parameter(detail::Kind::bytes, hex_of(bytes)) {}
Parameter::Parameter(double number, int) : Parameter(detail::Kind::number, float_input(number)) {}
Parameter::Parameter(detail::Micros time, int)
    : Parameter(detail::Kind::time, detail::write_timestamp(time) + "+00") {}
Parameter::Parameter(std::chrono::year_month_day date)
    : Parameter(detail::Kind::date, std::format("{:%F}", std::chrono::sys_days(date))) {}
Parameter::Parameter(std::chrono::microseconds span, int)
    : Parameter(detail::Kind::interval, detail::write_interval(span)) {}
Parameter::Parameter(const Uuid& uuid) : Parameter(detail::Kind::uuid, uuid.str()) {}
Parameter::Parameter(const Numeric& number) : Parameter(detail::Kind::numeric, number.str()) {}
Parameter::Parameter(const Value& value) {
    if (!value.is_null()) *this = Parameter(detail::Kind::any, value.text());
}

Parameter::Parameter(const Parameter& other) = default;
Parameter::Parameter(Parameter&& other) noexcept = default;
Parameter& Parameter::operator=(const Parameter& other) = default;
Parameter& Parameter::operator=(Parameter&& other) noexcept = default;
Parameter::~Parameter() = default;

Parameter Parameter::array(const std::vector<Parameter>& elements) {
    std::string text = "{";
    for (const Parameter& element : elements) {
        if (text.size() > 1) text += ',';
        if (!element.text_) {
            text += "NULL";
        } else if (element.kind_ == detail::Kind::array) {
            text += *element.text_;
        } else {
            text += '"';
            for (const char c : *element.text_) {
                if (c == '"' || c == '\\') text += '\\';
                text += c;
            }
            text += '"';
        }
    }
    return {detail::Kind::array, text + "}"};
}

} // namespace asyncio::postgres
