#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <expected>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace asyncio::detail {

/// A standard container, or one like it: it owns elements. A std::span has a value_type too, but owns none.
template <class T>
concept Container =
    requires { typename T::value_type; } &&
    (requires { typename T::allocator_type; } || requires { typename T::container_type; } ||
     requires { typename T::mapped_container_type; });

template <class T, class... Outer> inline constexpr bool elements_copy = true;

/// `Outer` contain a T: a container of itself, such as a JSON value, must not be asked again.
template <class T, class... Outer> constexpr bool copies() {
    if constexpr ((std::same_as<T, Outer> || ...))
        return true;
    else if constexpr (Container<T>)
        return std::is_copy_constructible_v<T> && copies<typename T::value_type, Outer..., T>();
    else
        return std::is_copy_constructible_v<T> && elements_copy<T, Outer...>;
}

template <class T, std::size_t N, class... Outer>
inline constexpr bool elements_copy<std::array<T, N>, Outer...> = copies<T, Outer...>();
template <class T, class... Outer>
inline constexpr bool elements_copy<std::optional<T>, Outer...> = copies<T, Outer...>();
template <class T, class E, class... Outer>
inline constexpr bool elements_copy<std::expected<T, E>, Outer...> =
    (std::is_void_v<T> || copies<T, Outer...>()) && copies<E, Outer...>();
template <class T, class U, class... Outer>
inline constexpr bool elements_copy<std::pair<T, U>, Outer...> =
    copies<std::remove_const_t<T>, Outer...>() && copies<U, Outer...>();
template <class... T, class... Outer>
inline constexpr bool elements_copy<std::tuple<T...>, Outer...> = (copies<T, Outer...>() && ...);
template <class... T, class... Outer>
inline constexpr bool elements_copy<std::variant<T...>, Outer...> = (copies<T, Outer...>() && ...);

/// Whether a T can be copied. The language's own answer for a container of elements that can only be moved is
/// yes, and copying it does not compile.
template <class T> inline constexpr bool copyable = copies<T>();

} // namespace asyncio::detail
