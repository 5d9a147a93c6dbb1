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

    Parameters();
    Parameters(std::vector<Value> values, Named named);
    Parameters(std::initializer_list<Value> values);
    Parameters(const Parameters& other);
    Parameters(Parameters&& other) noexcept;
    Parameters& operator=(const Parameters& other);
    Parameters& operator=(Parameters&& other) noexcept;
    ~Parameters();

    void add(Value value);
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
    Parameters made;
    const auto add_all = [&made](const auto&... values) { (made.add(Value(values)), ...); };
    if constexpr (std::same_as<U, Parameters>) {
        return std::forward<T>(given);
    } else if constexpr (std::same_as<U, Named>) {
        made.named = std::forward<T>(given);
    } else if constexpr (std::convertible_to<T, Value>) {
        made.add(Value(std::forward<T>(given)));
    } else if constexpr (ValueRange<T>) {
        for (auto&& value : given) made.add(Value(value));
    } else if constexpr (TupleLike<T>) {
        std::apply(add_all, given);
    } else {
        std::apply(add_all, asyncio::detail::members_of(given));
    }
    return made;
}

template <class... Args> Parameters parameters(Args&&... args) {
    if constexpr (sizeof...(Args) == 1) {
        return (to_parameters(std::forward<Args>(args)), ...);
    } else {
        Parameters made;
        (made.add(Value(std::forward<Args>(args))), ...);
        return made;
    }
}

} // namespace detail
} // namespace asyncio::sqlite
