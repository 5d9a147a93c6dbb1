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

    Value() noexcept : data_(nullptr) {}
    Value(std::nullptr_t) noexcept : data_(nullptr) {}
    Value(std::nullopt_t) noexcept : data_(nullptr) {}
    /// Raises InterfaceError for an unsigned number beyond 63 bits.
    template <std::integral T> Value(T number) : data_(to_integer(number)) {}
    template <std::floating_point T> Value(T number) noexcept : data_(static_cast<double>(number)) {}
    Value(std::string text) noexcept : data_(std::move(text)) {}
    Value(std::string_view text) : data_(std::string(text)) {}
    Value(const char* text) : data_(std::string(text)) {}
    Value(Bytes bytes) noexcept : data_(std::move(bytes)) {}
    Value(std::span<const std::byte> bytes) : data_(Bytes(bytes.begin(), bytes.end())) {}
    template <class D>
    Value(std::chrono::sys_time<D> time)
        : data_(detail::to_text(std::chrono::floor<std::chrono::microseconds>(time))) {}
    Value(std::chrono::year_month_day date) : data_(detail::to_text(date)) {}
    template <class T> Value(const std::optional<T>& value) : Value(value ? Value(*value) : Value()) {}

    bool is_null() const noexcept { return std::holds_alternative<std::nullptr_t>(data_); }
    const Data& data() const noexcept { return data_; }

    /// The value as a T: an integer, a bool, a double, std::string, Bytes, std::chrono::sys_time, year_month_day, or an
    /// optional of these, which is empty for null. Raises InterfaceError if SQLite holds another type, or a number that
    /// T cannot hold.
    template <class T> T get() const;

    /// As Python's str() of it: None for null.
    std::string str() const;
    /// As Python's repr(): texts in quotes.
    std::string repr() const;

    friend bool operator==(const Value&, const Value&) = default;

private:
    template <std::integral T> static std::int64_t to_integer(T number) {
        if constexpr (std::unsigned_integral<T> && sizeof(T) >= sizeof(std::int64_t))
            if (number > static_cast<T>(std::numeric_limits<std::int64_t>::max()))
                detail::throw_too_large(number);
        return static_cast<std::int64_t>(number);
    }
    template <class T> const T& as(const char* wanted) const {
        const T* found = std::get_if<T>(&data_);
        if (found == nullptr) detail::throw_other_type(*this, wanted);
        return *found;
    }

    Data data_;
};

template <class T> T Value::get() const {
    if constexpr (std::same_as<T, Value>) {
        return *this;
    } else if constexpr (detail::is_optional<T>) {
        if (is_null()) return std::nullopt;
        return get<typename T::value_type>();
    } else if constexpr (std::same_as<T, bool>) {
        return as<std::int64_t>("a bool") != 0;
    } else if constexpr (std::integral<T>) {
        const std::int64_t number = as<std::int64_t>("an integer");
        if (!std::in_range<T>(number)) detail::throw_out_of_range(number);
        return static_cast<T>(number);
    } else if constexpr (std::floating_point<T>) {
        if (const std::int64_t* whole = std::get_if<std::int64_t>(&data_)) return static_cast<T>(*whole);
        return static_cast<T>(as<double>("a number"));
    } else if constexpr (std::same_as<T, std::string>) {
        return as<std::string>("a text");
    } else if constexpr (std::same_as<T, Bytes>) {
        return as<Bytes>("bytes");
    } else if constexpr (detail::is_time_point<T>) {
        return std::chrono::floor<typename T::duration>(detail::parse_time(*this));
    } else if constexpr (std::same_as<T, std::chrono::year_month_day>) {
        return detail::parse_date(*this);
    } else {
        static_assert(std::same_as<T, Value>,
                      "SQLite has no such type: take an integer, a bool, a double, std::string, "
                      "sqlite::Bytes, a time or a date of std::chrono, or an optional of these");
    }
}

} // namespace asyncio::sqlite

template <> struct std::formatter<asyncio::sqlite::Value> : std::formatter<std::string_view> {
    auto format(const asyncio::sqlite::Value& value, std::format_context& context) const {
        return std::formatter<std::string_view>::format(value.str(), context);
    }
};
