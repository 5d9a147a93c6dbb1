#pragma once

#include <asyncio/detail/members.hpp>
#include <asyncio/json.hpp>
#include <asyncio/postgres/value.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::postgres {
namespace detail {

enum class Kind : std::uint8_t {
    null,
    boolean,
    integer,
    number,
    text,
    bytes,
    time,
    date,
    interval,
    json,
    uuid,
    numeric,
    array,
    /// A value of a row, which goes back as it came.
    any,
};

} // namespace detail

/// The value of a `$1`: null, a bool, a number, a text, bytes, a time, date or duration of std::chrono, Json, Uuid,
/// Numeric, a Value of a row, or a range of these for an array. Times are UTC.
class Parameter {
public:
    Parameter() noexcept;
    Parameter(std::nullptr_t) noexcept;
    Parameter(std::nullopt_t) noexcept;
    template <std::same_as<bool> B>
    Parameter(B truth) : Parameter(detail::Kind::boolean, truth ? "t" : "f") {}
    template <std::integral T>
        requires(!std::same_as<T, bool>)
    Parameter(T number) : Parameter(detail::Kind::integer, std::to_string(number)) {}
    template <std::floating_point T> Parameter(T number) : Parameter(static_cast<double>(number), 0) {}
    Parameter(std::string text) noexcept;
    Parameter(std::string_view text);
    Parameter(const char* text);
    Parameter(const Bytes& bytes);
    Parameter(std::span<const std::byte> bytes);
    template <class D>
    Parameter(std::chrono::sys_time<D> time)
        : Parameter(std::chrono::floor<std::chrono::microseconds>(time), 0) {}
    Parameter(std::chrono::year_month_day date);
    template <class R, class P>
    Parameter(std::chrono::duration<R, P> span)
        : Parameter(std::chrono::duration_cast<std::chrono::microseconds>(span), 0) {}
    template <std::same_as<Json> J>
    Parameter(const J& json) : Parameter(detail::Kind::json, dump_json(json)) {}
    Parameter(const Uuid& uuid);
    Parameter(const Numeric& number);
    Parameter(const Value& value);
    template <class T>
    Parameter(const std::optional<T>& value) : Parameter(value ? Parameter(*value) : Parameter()) {}
    /// An array.
    template <std::ranges::input_range R>
        requires(!std::same_as<std::remove_cvref_t<R>, Json> && !std::convertible_to<R, std::string_view> &&
                 !std::same_as<std::remove_cvref_t<R>, Bytes> &&
                 !std::convertible_to<R, std::span<const std::byte>> &&
                 std::constructible_from<Parameter, std::ranges::range_value_t<R>>)
    Parameter(R&& range) : Parameter(array_of(std::forward<R>(range))) {}

    Parameter(const Parameter& other);
    Parameter(Parameter&& other) noexcept;
    Parameter& operator=(const Parameter& other);
    Parameter& operator=(Parameter&& other) noexcept;
    ~Parameter();

    /// As PostgreSQL reads it; nullopt for null.
    const std::optional<std::string>& text() const noexcept { return text_; }
    /// For the library.
    detail::Kind kind() const noexcept { return kind_; }

private:
    Parameter(detail::Kind kind, std::string text) noexcept;
    Parameter(double number, int);
    Parameter(detail::Micros time, int);
    Parameter(std::chrono::microseconds span, int);
    static Parameter array(const std::vector<Parameter>& elements);
    template <class R> static Parameter array_of(R&& range) {
        std::vector<Parameter> elements;
        for (auto&& element : range)
            elements.push_back(
                Parameter(std::ranges::range_value_t<R>(std::forward<decltype(element)>(element))));
        return array(elements);
    }

    detail::Kind kind_ = detail::Kind::null;
    std::optional<std::string> text_;
};

/// The values of `$1`, `$2` and so on.
using Parameters = std::vector<Parameter>;

namespace detail {

template <class T>
concept TupleLike = requires { std::tuple_size<std::remove_cvref_t<T>>::value; };

template <class... Args> Parameters parameters(Args&&... args) {
    Parameters made;
    made.reserve(sizeof...(Args));
    (made.push_back(Parameter(std::forward<Args>(args))), ...);
    return made;
}

/// The values of one row of many: Parameters, a tuple or pair, a struct's members in their order, or a single value.
template <class T> Parameters row_of(T&& given) {
    using U = std::remove_cvref_t<T>;
    const auto all = [](const auto&... values) { return parameters(values...); };
    if constexpr (std::same_as<U, Parameters>)
        return std::forward<T>(given);
    else if constexpr (requires {
                           given.values();
                           given.keys();
                       })
        return Parameters(given.begin(), given.end());
    else if constexpr (std::constructible_from<Parameter, T>)
        return parameters(std::forward<T>(given));
    else if constexpr (TupleLike<T>)
        return std::apply(all, given);
    else
        return std::apply(all, asyncio::detail::members_of(given));
}

template <std::ranges::input_range R> std::vector<Parameters> rows_of(R&& range) {
    std::vector<Parameters> rows;
    if constexpr (std::ranges::sized_range<R>) rows.reserve(std::ranges::size(range));
    for (auto&& row : range) rows.push_back(row_of(std::forward<decltype(row)>(row)));
    return rows;
}

} // namespace detail
} // namespace asyncio::postgres
