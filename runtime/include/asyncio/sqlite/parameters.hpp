#pragma once

#include <asyncio/detail/members.hpp>
#include <asyncio/sqlite/value.hpp>

#include <concepts>
#include <initializer_list>
#include <ranges>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace asyncio::sqlite {

/// For `:name`, `@name` and `$name` in a statement: `execute("… WHERE id = :id", {{"id", 1}})`.
using Named = std::vector<std::pair<std::string, Value>>;

/// The values of one execution of a statement: either by position or by name.
struct Parameters {
    std::vector<Value> values;
    Named named;
};

namespace detail {

template <class T>
concept TupleLike = requires { std::tuple_size<std::remove_cvref_t<T>>::value; };

template <class T>
concept ValueRange =
    std::ranges::input_range<T> && std::convertible_to<std::ranges::range_reference_t<T>, Value> &&
    !std::convertible_to<T, Value>;

/// One set of parameters: a tuple or pair, a range of values, a struct's members in their order, names with values, or
/// a single value.
template <class T> Parameters to_parameters(T&& given) {
    using U = std::remove_cvref_t<T>;
    if constexpr (std::same_as<U, Parameters>) {
        return std::forward<T>(given);
    } else if constexpr (std::same_as<U, Named>) {
        return {.values = {}, .named = std::forward<T>(given)};
    } else if constexpr (std::convertible_to<T, Value>) {
        return {.values = {Value(std::forward<T>(given))}, .named = {}};
    } else if constexpr (ValueRange<T>) {
        Parameters made;
        for (auto&& value : given) made.values.emplace_back(Value(value));
        return made;
    } else if constexpr (TupleLike<T>) {
        return std::apply(
            [](const auto&... values) { return Parameters{.values = {Value(values)...}, .named = {}}; },
            given);
    } else {
        return std::apply(
            [](const auto&... values) { return Parameters{.values = {Value(values)...}, .named = {}}; },
            asyncio::detail::members_of(given));
    }
}

template <class... Args> Parameters parameters(Args&&... args) {
    if constexpr (sizeof...(Args) == 1)
        return (to_parameters(std::forward<Args>(args)), ...);
    else
        return {.values = {Value(std::forward<Args>(args))...}, .named = {}};
}

} // namespace detail
} // namespace asyncio::sqlite
