#pragma once

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <format>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace asyncio::sqlite {

/// The content of a BLOB.
using Bytes = std::vector<std::byte>;

class Value;

namespace detail {

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_time_point = false;
template <class D> inline constexpr bool is_time_point<std::chrono::sys_time<D>> = true;

using Micros = std::chrono::sys_time<std::chrono::microseconds>;

[[noreturn]] void throw_other_type(const Value& value, const char* wanted);
[[noreturn]] void throw_out_of_range(std::int64_t value);
[[noreturn]] void throw_too_large(std::uint64_t value);
/// "2024-05-01 12:00:00", with a fraction of a second if there is one.
std::string to_text(Micros time);
std::string to_text(std::chrono::year_month_day date);
Micros parse_time(const Value& value);
std::chrono::year_month_day parse_date(const Value& value);

} // namespace detail

/// What SQLite stores: null, a 64-bit integer, a double, a text or bytes. C++ values that it cannot store as they are
/// become one of these: a bool 0 or 1, a time or date a text in ISO 8601, an empty optional null.
class Value {
public:
    using Data = std::variant<std::nullptr_t, std::int64_t, double, std::string, Bytes>;

    // What is no template is compiled once, in the library: programs compile faster.
    Value() noexcept;
    Value(std::nullptr_t) noexcept;
    Value(std::nullopt_t) noexcept;
    /// Raises InterfaceError for an unsigned number beyond 63 bits.
    template <std::integral T> Value(T number) : Value(to_integer(number), std::in_place) {}
    template <std::floating_point T>
    Value(T number) noexcept : Value(static_cast<double>(number), std::in_place) {}
    Value(std::string text) noexcept;
    Value(std::string_view text);
    Value(const char* text);
    Value(Bytes bytes) noexcept;
    Value(std::span<const std::byte> bytes);
    template <class D>
    Value(std::chrono::sys_time<D> time)
        : Value(std::chrono::floor<std::chrono::microseconds>(time), std::in_place) {}
    Value(std::chrono::year_month_day date);
    template <class T> Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}

    Value(const Value& other);
    Value(Value&& other) noexcept;
    Value& operator=(const Value& other);
    Value& operator=(Value&& other) noexcept;
    ~Value();

    bool is_null() const noexcept;
    const Data& data() const noexcept { return data_; }

    /// The value as a T: an integer, a bool, a double, std::string, Bytes, std::chrono::sys_time, year_month_day, or
    /// an optional of these, which is empty for null. Raises InterfaceError if SQLite holds another type, or a
    /// number that T cannot hold.
    template <class T> T get() const;

    /// As Python's str() of it: None for null.
    std::string str() const;
    /// As Python's repr(): texts in quotes.
    std::string repr() const;

    friend bool operator==(const Value& left, const Value& right);

private:
    Value(std::int64_t number, std::in_place_t) noexcept;
    Value(double number, std::in_place_t) noexcept;
    Value(detail::Micros time, std::in_place_t);

    template <std::integral T> static std::int64_t to_integer(T number) {
        if constexpr (std::unsigned_integral<T> && sizeof(T) >= sizeof(std::int64_t))
            if (number > static_cast<T>(std::numeric_limits<std::int64_t>::max()))
                detail::throw_too_large(number);
        return static_cast<std::int64_t>(number);
    }
    /// They raise InterfaceError for another type.
    std::int64_t integer(const char* wanted) const;
    double number() const;
    const std::string& text() const;
    const Bytes& bytes() const;

    Data data_;
};

template <class T> T Value::get() const {
    if constexpr (std::same_as<T, Value>) {
        return *this;
    } else if constexpr (detail::is_optional<T>) {
        if (is_null()) return std::nullopt;
        return get<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return integer("a bool") != 0;
    } else if constexpr (std::integral<T>) {
        const std::int64_t number = integer("an integer");
        if (!std::in_range<T>(number)) detail::throw_out_of_range(number);
        return static_cast<T>(number);
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(number());
    } else if constexpr (std::same_as<T, std::string>) {
        return text();
    } else if constexpr (std::same_as<T, Bytes>) {
        return bytes();
    } else if constexpr (detail::is_time_point<T>) {
        return std::chrono::floor<typename T::duration>(detail::parse_time(*this));
    } else if constexpr (std::same_as<T, std::chrono::year_month_day>) {
        return detail::parse_date(*this);
    } else {
        static_assert(
            std::same_as<T, Value>,
            "SQLite has no such type: take an integer, a bool, a double, std::string, sqlite::Bytes, a time "
            "or a date of std::chrono, or an optional of these");
    }
}

} // namespace asyncio::sqlite

template <> struct std::formatter<asyncio::sqlite::Value> : std::formatter<std::string_view> {
    auto format(const asyncio::sqlite::Value& value, std::format_context& context) const {
        return std::formatter<std::string_view>::format(value.str(), context);
    }
};
