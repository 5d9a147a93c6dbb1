#pragma once

#include <asyncio/json.hpp>

#include <array>
#include <chrono>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <format>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::postgres {

/// The content of a bytea.
using Bytes = std::vector<std::byte>;

/// A numeric as PostgreSQL writes it, with all its digits: "12.50".
class Numeric {
public:
    Numeric() : text_("0") {}
    explicit Numeric(std::string text) : text_(std::move(text)) {}
    const std::string& str() const noexcept { return text_; }
    /// The nearest double.
    double to_double() const;
    /// Equal texts: 1.0 and 1.00 differ.
    bool operator==(const Numeric&) const = default;

private:
    std::string text_;
};

/// A UUID.
class Uuid {
public:
    static constexpr std::size_t size = 16;

    Uuid() = default;
    explicit Uuid(std::array<std::uint8_t, size> bytes) noexcept : bytes_(bytes) {}
    /// "8f14e45f-ceea-467f-9575-6d7f3f4c1d2a", with or without hyphens and braces. Raises ValueError.
    explicit Uuid(std::string_view text);
    std::string str() const;
    const std::array<std::uint8_t, size>& bytes() const noexcept { return bytes_; }
    auto operator<=>(const Uuid&) const = default;

private:
    std::array<std::uint8_t, size> bytes_{};
};

class Value;

namespace detail {

template <class T> inline constexpr bool is_optional = false;
template <class T> inline constexpr bool is_optional<std::optional<T>> = true;
template <class T> inline constexpr bool is_time_point = false;
template <class D> inline constexpr bool is_time_point<std::chrono::sys_time<D>> = true;
template <class T> inline constexpr bool is_duration = false;
template <class R, class P> inline constexpr bool is_duration<std::chrono::duration<R, P>> = true;
template <class T> inline constexpr bool is_vector = false;
template <class T> inline constexpr bool is_vector<std::vector<T>> = true;

using Micros = std::chrono::sys_time<std::chrono::microseconds>;

[[noreturn]] void throw_not_held(const Value& value, const char* wanted);
[[noreturn]] void throw_out_of_range(const Value& value);

} // namespace detail

/// A value of a row: the server's text of it, and its type. It is read when it is asked for.
class Value {
public:
    Value() noexcept;
    /// For the library: `type` is the type's OID.
    Value(std::uint32_t type, std::optional<std::string> text) noexcept;

    bool is_null() const noexcept { return !text_; }
    /// The OID of its type, such as 23 of int4.
    std::uint32_t type() const noexcept { return type_; }
    /// As PostgreSQL writes it; empty for null.
    const std::string& text() const noexcept;

    /// The value as a T:
    /// - a bool, an integer, a double; integers and doubles of a numeric too
    /// - std::string of texts, numeric, uuid, json, and of types that are not named here
    /// - Bytes of bytea, Numeric, Uuid, asyncio::Json of json and jsonb
    /// - std::chrono::sys_time of timestamp, which has no zone, and timestamptz; year_month_day of date; a duration
    ///   of interval, with 30 days a month, and of time, since midnight
    /// - std::vector of an array, std::optional of any of these, empty for null.
    ///
    /// Raises InterfaceError for another type, or a number that T cannot hold.
    template <class T> T get() const;

    /// As Python's str() of it: None for null.
    std::string str() const;
    /// As Python's repr(): texts in quotes.
    std::string repr() const;

    friend bool operator==(const Value& left, const Value& right) = default;

private:
    // They raise InterfaceError for another type.
    bool boolean() const;
    std::int64_t integer() const;
    double number() const;
    const std::string& plain_text() const;
    Bytes bytes() const;
    detail::Micros time() const;
    std::chrono::year_month_day date() const;
    std::chrono::microseconds interval() const;
    Json json() const;
    Uuid uuid() const;
    Numeric numeric() const;
    std::vector<Value> elements() const;

    std::uint32_t type_ = 0;
    std::optional<std::string> text_;
};

template <class T> T Value::get() const {
    if constexpr (std::same_as<T, Value>) {
        return *this;
    } else if constexpr (detail::is_optional<T>) {
        if (is_null()) return std::nullopt;
        return get<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return boolean();
    } else if constexpr (std::integral<T>) {
        const std::int64_t whole = integer();
        if (!std::in_range<T>(whole)) detail::throw_out_of_range(*this);
        return static_cast<T>(whole);
    } else if constexpr (std::floating_point<T>) {
        return static_cast<T>(number());
    } else if constexpr (std::same_as<T, std::string>) {
        return plain_text();
    } else if constexpr (std::same_as<T, Bytes>) {
        return bytes();
    } else if constexpr (std::same_as<T, Json>) {
        return json();
    } else if constexpr (std::same_as<T, Uuid>) {
        return uuid();
    } else if constexpr (std::same_as<T, Numeric>) {
        return numeric();
    } else if constexpr (detail::is_time_point<T>) {
        return std::chrono::floor<typename T::duration>(time());
    } else if constexpr (std::same_as<T, std::chrono::year_month_day>) {
        return date();
    } else if constexpr (detail::is_duration<T>) {
        return std::chrono::duration_cast<T>(interval());
    } else if constexpr (detail::is_vector<T>) {
        T made;
        for (const Value& element : elements())
            made.push_back(element.template get<typename T::value_type>());
        return made;
    } else {
        static_assert(
            std::same_as<T, Value>,
            "PostgreSQL has no such type: take a bool, a number, std::string, postgres::Bytes, Numeric, "
            "Uuid, asyncio::Json, a time, date or duration of std::chrono, a std::vector or a "
            "std::optional of these");
    }
}

} // namespace asyncio::postgres

template <> struct std::formatter<asyncio::postgres::Value> : std::formatter<std::string_view> {
    auto format(const asyncio::postgres::Value& value, std::format_context& context) const {
        return std::formatter<std::string_view>::format(value.str(), context);
    }
};
template <> struct std::formatter<asyncio::postgres::Numeric> : std::formatter<std::string_view> {
    auto format(const asyncio::postgres::Numeric& number, std::format_context& context) const {
        return std::formatter<std::string_view>::format(number.str(), context);
    }
};
template <> struct std::formatter<asyncio::postgres::Uuid> : std::formatter<std::string_view> {
    auto format(const asyncio::postgres::Uuid& uuid, std::format_context& context) const {
        return std::formatter<std::string_view>::format(uuid.str(), context);
    }
};
