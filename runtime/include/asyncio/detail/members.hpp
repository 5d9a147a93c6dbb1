#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>

#if !defined(__cpp_structured_bindings) || __cpp_structured_bindings < 202411L
#error "Structs by their members need a compiler with structured binding packs, such as clang 21."
#endif
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc++26-extensions"
#pragma clang diagnostic ignored "-Wundefined-internal"
#pragma clang diagnostic ignored "-Wundefined-var-template"

namespace asyncio::detail {

/// A struct whose members can be listed: no constructors, no bases, nothing private.
template <class T>
concept Aggregate = std::is_aggregate_v<T> && std::is_class_v<T>;

/// References to the members.
template <Aggregate T> constexpr auto members_of(T& object) {
    auto& [... members] = object;
    return std::tie(members...);
}

template <class T> struct Anywhere {
    T value;
};
/// Not defined: only the addresses of its members are used, at compile time.
template <class T> extern const Anywhere<T> anywhere;

/// The compiler's text for the address of a member ends with "...value.NAME]".
template <auto* Member> consteval std::string_view name_of_member() {
    const std::string_view text = __PRETTY_FUNCTION__;
    const std::size_t dot = text.rfind('.');
    return text.substr(dot + 1, text.rfind(']') - dot - 1);
}

/// The names of the members, in the order of members_of().
template <Aggregate T> consteval auto member_names() {
    const auto& [... members] = anywhere<T>.value;
    return std::array<std::string_view, sizeof...(members)>{name_of_member<&members>()...};
}

} // namespace asyncio::detail

#pragma clang diagnostic pop
