#pragma once

#include <asyncio/error.hpp>

#include <concepts>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace asyncio::testing {

/// The side effect that leaves the result to the return_value, as unittest.mock.DEFAULT.
struct Default {};
inline constexpr Default DEFAULT; // NOLINT(readability-identifier-naming): Python's

namespace detail {

template <class E>
concept Raisable = std::derived_from<E, std::exception> || std::same_as<E, CancelledError> ||
                   std::same_as<E, std::exception_ptr>;

} // namespace detail

/// What one await of a mock does: returns a value, raises an exception, or DEFAULT.
template <class R> class Effect {
    using Value = std::conditional_t<std::is_void_v<R>, std::monostate, R>;

public:
    Effect(Default /*unset*/) {} // NOLINT(*-explicit-*): an element of a sequence
    template <class V>
        requires(!std::is_void_v<R> && std::convertible_to<V, R> &&
                 !std::same_as<std::remove_cvref_t<V>, Effect> && !detail::Raisable<std::remove_cvref_t<V>>)
    Effect(V&& value) : value_(std::in_place, std::forward<V>(value)) {} // NOLINT(*-explicit-*)
    template <detail::Raisable E> Effect(E error) {                      // NOLINT(*-explicit-*)
        if constexpr (std::same_as<E, std::exception_ptr>)
            error_ = std::move(error);
        else
            error_ = std::make_exception_ptr(std::move(error));
    }

    /// For the library: raises the exception, if it is one. nullopt for DEFAULT.
    std::optional<Value> take() && {
        if (error_) std::rethrow_exception(error_);
        return std::move(value_);
    }

private:
    std::optional<Value> value_;
    std::exception_ptr error_;
};

} // namespace asyncio::testing
