#include <asyncio/sqlite/error.hpp>
#include <asyncio/sqlite/value.hpp>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace asyncio::sqlite {
namespace {

/// A number as Python prints it: with a point or an exponent.
std::string repr_of(double number) {
    std::string text = std::format("{}", number);
    if (text.find_first_of(".en") == std::string::npos) text += ".0";
    return text;
}

std::string repr_of(const std::string& text) {
    const char quote =
        text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
    std::string made(1, quote);
    for (const char c : text) {
        switch (c) {
        case '\n': made += "\\n"; break;
        case '\r': made += "\\r"; break;
        case '\t': made += "\\t"; break;
        case '\\': made += "\\\\"; break;
        default:
            if (c == quote)
                made += {'\\', c};
            else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
                made += std::format("\\x{:02x}", static_cast<unsigned char>(c));
            else
                made += c;
        }
    }
    return made + quote;
}

std::string repr_of(const Bytes& bytes) {
    std::string made = "b'";
    for (const std::byte byte : bytes) {
        const auto c = static_cast<unsigned char>(byte);
        if (c == '\'' || c == '\\')
            made += {'\\', static_cast<char>(c)};
        else if (c == '\n')
            made += "\\n";
        else if (c == '\r')
            made += "\\r";
        else if (c == '\t')
            made += "\\t";
        else if (c < 0x20 || c >= 0x7f)
            made += std::format("\\x{:02x}", c);
        else
            made += static_cast<char>(c);
    }
    return made + "'";
}

std::string repr_of(std::nullptr_t) { return "None"; }
std::string repr_of(std::int64_t number) { return std::to_string(number); }

/// Reads digits from the front.
int take_number(std::string_view& text, std::size_t digits) {
    int number = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (i >= text.size() || text[i] < '0' || text[i] > '9') return -1;
        number = number * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return number;
}

bool take(std::string_view& text, std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

[[noreturn]] void throw_no_time(const Value& value, const char* wanted, const char* form) {
    throw InterfaceError("the column holds " + value.repr() + ", which is not " + wanted + ": " + form);
}

/// Raises InterfaceError with the whole value.
std::chrono::year_month_day take_date(std::string_view& text, const Value& value, const char* wanted) {
    const int year = take_number(text, 4);
    bool fits = year >= 0 && take(text, "-");
    const int month = fits ? take_number(text, 2) : -1;
    fits = fits && take(text, "-");
    const int day = fits ? take_number(text, 2) : -1;
    const std::chrono::year_month_day date(std::chrono::year{year},
                                           std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)});
    if (month < 0 || day < 0 || !date.ok()) throw_no_time(value, wanted, "YYYY-MM-DD");
    return date;
}

template <class T> const T& held(const Value& value, const char* wanted) {
    const T* found = std::get_if<T>(&value.data());
    if (found == nullptr) detail::throw_other_type(value, wanted);
    return *found;
}

} // namespace

Value::Value() noexcept : data_(nullptr) {}
Value::Value(std::nullptr_t) noexcept : data_(nullptr) {}
Value::Value(std::nullopt_t) noexcept : data_(nullptr) {}
Value::Value(std::string text) noexcept : data_(std::move(text)) {}
Value::Value(std::string_view text) : data_(std::string(text)) {}
Value::Value(const char* text) : data_(std::string(text)) {}
Value::Value(Bytes bytes) noexcept : data_(std::move(bytes)) {}
Value::Value(std::span<const std::byte> bytes) : data_(Bytes(bytes.begin(), bytes.end())) {}
Value::Value(std::chrono::year_month_day date) : data_(detail::to_text(date)) {}
Value::Value(std::int64_t number, std::in_place_t) noexcept : data_(number) {}
Value::Value(double number, std::in_place_t) noexcept : data_(number) {}
Value::Value(detail::Micros time, std::in_place_t) : data_(detail::to_text(time)) {}

Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;
bool operator==(const Value& left, const Value& right) { return left.data_ == right.data_; }

bool Value::is_null() const noexcept { return std::holds_alternative<std::nullptr_t>(data_); }

std::int64_t Value::integer(const char* wanted) const { return held<std::int64_t>(*this, wanted); }
double Value::number() const {
    if (const auto* whole = std::get_if<std::int64_t>(&data_)) return static_cast<double>(*whole);
    return held<double>(*this, "a number");
}
const std::string& Value::text() const { return held<std::string>(*this, "a text"); }
const Bytes& Value::bytes() const { return held<Bytes>(*this, "bytes"); }

std::string Value::repr() const {
    return std::visit([](const auto& value) { return repr_of(value); }, data_);
}

std::string Value::str() const {
    const std::string* text = std::get_if<std::string>(&data_);
    return text != nullptr ? *text : repr();
}

namespace detail {

void throw_other_type(const Value& value, const char* wanted) {
    throw InterfaceError("the column holds " + value.repr() + ", which is not " + wanted +
                         (value.is_null() ? ": take a std::optional" : ""));
}

void throw_out_of_range(std::int64_t value) {
    throw InterfaceError("the number " + std::to_string(value) +
                         " is out of the range of the type asked for");
}

void throw_too_large(std::uint64_t value) {
    throw InterfaceError("the number " + std::to_string(value) +
                         " is too large for SQLite, whose integers have 64 bits with a sign");
}

std::string to_text(std::chrono::year_month_day date) {
    if (!date.ok()) throw InterfaceError("a date that does not exist");
    return std::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_text(Micros time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock(time - day);
    std::string text = to_text(std::chrono::year_month_day(day)) +
                       std::format(" {:02}:{:02}:{:02}", clock.hours().count(), clock.minutes().count(),
                                   clock.seconds().count());
    if (clock.subseconds().count() != 0) text += std::format(".{:06}", clock.subseconds().count());
    return text;
}

std::chrono::year_month_day parse_date(const Value& value) {
    constexpr const char* wanted = "a date";
    const auto* held = std::get_if<std::string>(&value.data());
    if (held == nullptr) throw_other_type(value, wanted);
    std::string_view text = *held;
    const std::chrono::year_month_day date = take_date(text, value, wanted);
    if (!text.empty() && !take(text, " T")) throw_no_time(value, wanted, "YYYY-MM-DD");
    return date;
}

Micros parse_time(const Value& value) {
    constexpr const char* wanted = "a time";
    constexpr const char* form = "YYYY-MM-DD HH:MM:SS";
    const auto* held = std::get_if<std::string>(&value.data());
    if (held == nullptr) throw_other_type(value, wanted);
    std::string_view text = *held;
    Micros time = std::chrono::sys_days(take_date(text, value, wanted));
    if (text.empty()) return time;
    if (!take(text, " T")) throw_no_time(value, wanted, form);
    const int hour = take_number(text, 2);
    const int minute = take(text, ":") ? take_number(text, 2) : -1;
    const int second = take(text, ":") ? take_number(text, 2) : 0;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        throw_no_time(value, wanted, form);
    time += std::chrono::hours(hour) + std::chrono::minutes(minute) + std::chrono::seconds(second);
    if (take(text, ".")) {
        std::int64_t unit = 100'000;
        for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), unit /= 10)
            time += std::chrono::microseconds((text.front() - '0') * unit);
    }
    if (text == "Z" || text == "+00:00") return time;
    if (!text.empty()) throw_no_time(value, wanted, form);
    return time;
}

} // namespace detail
} // namespace asyncio::sqlite
