#include "read_time.hpp"
#include "types.hpp"

#include <asyncio/error.hpp>
#include <asyncio/postgres/error.hpp>
#include <asyncio/postgres/value.hpp>
#include <asyncio/repr.hpp>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <string>

namespace asyncio::postgres {
namespace {

namespace oid = detail::oid;

constexpr int hex_base = 16;

int digit_of(char hex) {
    if (hex >= '0' && hex <= '9') return hex - '0';
    if (hex >= 'a' && hex <= 'f') return hex - 'a' + 10;
    if (hex >= 'A' && hex <= 'F') return hex - 'A' + 10;
    return -1;
}

/// A double as Python prints it: with a point or an exponent.
std::string float_text(const std::string& text) {
    if (text == "NaN") return "nan";
    if (text == "Infinity") return "inf";
    if (text == "-Infinity") return "-inf";
    return text.find_first_of(".e") == std::string::npos ? text + ".0" : text;
}

std::string bytes_repr(const Bytes& bytes) {
    std::string made = "b'";
    for (const std::byte byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        switch (c) {
        case '\n': made += "\\n"; break;
        case '\r': made += "\\r"; break;
        case '\t': made += "\\t"; break;
        case '\'':
        case '\\': made += {'\\', static_cast<char>(c)}; break;
        default:
            if (c < 0x20 || c >= 0x7f)
                made += std::format("\\x{:02x}", c);
            else
                made += static_cast<char>(c);
        }
    }
    return made + "'";
}

std::string list_repr(const std::vector<Value>& elements) {
    std::string made = "[";
    for (const Value& element : elements) made += (made.size() == 1 ? "" : ", ") + element.repr();
    return made + "]";
}

bool is_float(std::uint32_t type) { return type == oid::float4 || type == oid::float8; }

/// Reads PostgreSQL's text of an array: `{1,NULL,"a b",{…}}`.
class ArrayReader {
public:
    ArrayReader(const std::string& text, std::uint32_t array) : text_(text), array_(array) {}

    /// The elements of the outermost dimension; empty optional if it is no array.
    std::optional<std::vector<Value>> read() {
        // "[2:3]={…}" has other bounds than from 1.
        if (text_.starts_with('[')) at_ = text_.find('{');
        return list();
    }

private:
    std::optional<std::vector<Value>> list() {
        if (!take('{') || depth_ == most_dimensions) return std::nullopt;
        ++depth_;
        auto made = elements();
        --depth_;
        return made;
    }

    std::optional<std::vector<Value>> elements() {
        std::vector<Value> made;
        if (take('}')) return made;
        do {
            std::optional<Value> next = element();
            if (!next) return std::nullopt;
            made.push_back(std::move(*next));
        } while (take(','));
        return take('}') ? std::optional(std::move(made)) : std::nullopt;
    }

    std::optional<Value> element() {
        const std::uint32_t type = detail::element_type(array_);
        if (peek() == '{') {
            const std::size_t begin = at_;
            if (!list()) return std::nullopt;
            return Value(array_, text_.substr(begin, at_ - begin));
        }
        std::string made;
        if (take('"')) {
            while (at_ < text_.size() && text_[at_] != '"') {
                if (text_[at_] == '\\') ++at_;
                if (at_ < text_.size()) made += text_[at_++];
            }
            if (!take('"')) return std::nullopt;
            return Value(type, std::move(made));
        }
        while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '}') made += text_[at_++];
        if (made == "NULL") return Value(type, std::nullopt);
        return Value(type, std::move(made));
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char wanted) {
        if (peek() != wanted) return false;
        ++at_;
        return true;
    }

    const std::string& text_;
    std::uint32_t array_;
    std::size_t at_ = 0;
    int depth_ = 0;
    /// PostgreSQL's own limit.
    static constexpr int most_dimensions = 6;
};

} // namespace

double Numeric::to_double() const { return std::strtod(text_.c_str(), nullptr); }

Uuid::Uuid(std::string_view text) {
    std::size_t digits = 0;
    for (const char c : text) {
        if (c == '-' || c == '{' || c == '}') continue;
        const int digit = digit_of(c);
        if (digit < 0 || digits == 2 * size) throw ValueError("not a UUID: '" + std::string(text) + "'");
        std::uint8_t& byte = bytes_.at(digits++ / 2);
        byte = static_cast<std::uint8_t>((byte * hex_base) + digit);
    }
    if (digits != 2 * size) throw ValueError("not a UUID: '" + std::string(text) + "'");
}

std::string Uuid::str() const {
    std::string text;
    for (std::size_t i = 0; i < size; ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += std::format("{:02x}", bytes_.at(i));
    }
    return text;
}

Value::Value() noexcept = default;
Value::Value(std::uint32_t type, std::optional<std::string> text) noexcept
    : type_(type), text_(std::move(text)) {}

const std::string& Value::text() const noexcept {
    static const std::string none;
    return text_ ? *text_ : none;
}

bool Value::boolean() const {
    if (!text_ || type_ != oid::boolean) detail::throw_not_held(*this, "a bool");
    return *text_ == "t";
}

std::int64_t Value::integer() const {
    if (!text_ || (!detail::is_integer(type_) && type_ != oid::numeric))
        detail::throw_not_held(*this, "an integer");
    std::int64_t number = 0;
    const char* const end = std::to_address(text_->end());
    const auto [stopped, error] = std::from_chars(std::to_address(text_->begin()), end, number);
    // A sum() of integers is a numeric; 2.00 is whole too.
    const bool whole =
        stopped == end || (*stopped == '.' && std::all_of(stopped + 1, end, [](char c) { return c == '0'; }));
    if (error == std::errc::result_out_of_range) detail::throw_out_of_range(*this);
    if (error != std::errc() || !whole) detail::throw_not_held(*this, "an integer");
    return number;
}

double Value::number() const {
    if (!text_ || (!is_float(type_) && !detail::is_integer(type_) && type_ != oid::numeric))
        detail::throw_not_held(*this, "a number");
    return std::strtod(text_->c_str(), nullptr);
}

const std::string& Value::plain_text() const {
    if (!text_ || type_ == oid::boolean || type_ == oid::bytea || detail::is_integer(type_) ||
        is_float(type_))
        detail::throw_not_held(*this, "a text");
    return *text_;
}

Bytes Value::bytes() const {
    if (!text_ || type_ != oid::bytea || !text_->starts_with("\\x")) detail::throw_not_held(*this, "bytes");
    Bytes made;
    made.reserve(text_->size() / 2);
    for (std::size_t i = 2; i + 1 < text_->size(); i += 2)
        made.push_back(
            static_cast<std::byte>((digit_of((*text_)[i]) * hex_base) + digit_of((*text_)[i + 1])));
    return made;
}

detail::Micros Value::time() const {
    const bool holds = type_ == oid::timestamp || type_ == oid::timestamptz || type_ == oid::date;
    const auto read = text_ && holds ? detail::read_timestamp(*text_) : std::nullopt;
    if (!read) detail::throw_not_held(*this, "a time");
    return *read;
}

std::chrono::year_month_day Value::date() const {
    const auto read = text_ && type_ == oid::date ? detail::read_timestamp(*text_) : std::nullopt;
    if (!read) detail::throw_not_held(*this, "a date");
    return std::chrono::floor<std::chrono::days>(*read);
}

std::chrono::microseconds Value::interval() const {
    const bool holds = type_ == oid::interval || type_ == oid::time;
    const auto read = text_ && holds ? detail::read_interval(*text_) : std::nullopt;
    if (!read) detail::throw_not_held(*this, "a duration");
    return *read;
}

Json Value::json() const {
    if (!text_ || (type_ != oid::json && type_ != oid::jsonb)) detail::throw_not_held(*this, "JSON");
    return parse_json(*text_);
}

Uuid Value::uuid() const {
    if (!text_ || type_ != oid::uuid) detail::throw_not_held(*this, "a UUID");
    return Uuid(*text_);
}

Numeric Value::numeric() const {
    if (!text_ || (type_ != oid::numeric && !detail::is_integer(type_)))
        detail::throw_not_held(*this, "a numeric");
    return Numeric(*text_);
}

std::vector<Value> Value::elements() const {
    // An array of a type that the library does not know is read as well.
    const bool may_be = detail::is_array(type_) || detail::find_type(type_) == nullptr;
    auto read = text_ && may_be ? ArrayReader(*text_, type_).read() : std::nullopt;
    if (!read) detail::throw_not_held(*this, "an array");
    return std::move(*read);
}

std::string Value::str() const {
    if (!text_) return "None";
    if (type_ == oid::boolean) return *text_ == "t" ? "True" : "False";
    if (is_float(type_)) return float_text(*text_);
    if (type_ == oid::bytea) return bytes_repr(bytes());
    if (detail::is_array(type_)) return list_repr(elements());
    if (type_ == oid::timestamp || type_ == oid::timestamptz)
        if (const auto read = detail::read_timestamp(*text_))
            return detail::write_timestamp(*read) + (type_ == oid::timestamptz ? "+00:00" : "");
    return *text_;
}

std::string Value::repr() const {
    if (!text_) return "None";
    if (type_ == oid::numeric) return "Decimal('" + *text_ + "')";
    if (type_ == oid::uuid) return "UUID('" + *text_ + "')";
    if (type_ == oid::boolean || type_ == oid::bytea || is_float(type_) || detail::is_integer(type_) ||
        detail::is_array(type_))
        return str();
    if (type_ == oid::date || type_ == oid::timestamp || type_ == oid::timestamptz)
        if (const auto read = detail::read_timestamp(*text_))
            return detail::python_repr(*read, type_ == oid::date, type_ == oid::timestamptz);
    return asyncio::detail::repr_of_text(*text_);
}

namespace detail {

void throw_not_held(const Value& value, const char* wanted) {
    if (value.is_null())
        throw InterfaceError("the value is None, which is not " + std::string(wanted) +
                             ": take a std::optional");
    // What cannot be read has no repr().
    const bool plain = is_array(value.type()) || value.type() == oid::bytea;
    throw InterfaceError("the value is " + (plain ? value.text() : value.repr()) + " of type " +
                         type_name_of(value.type()) + ", which is not " + wanted);
}

void throw_out_of_range(const Value& value) {
    throw InterfaceError("the value is " + value.repr() +
                         ", which the integer that was asked for cannot hold");
}

} // namespace detail
} // namespace asyncio::postgres
