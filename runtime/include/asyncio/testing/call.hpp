#pragma once

#include <asyncio/repr.hpp>

#include <concepts>
#include <format>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace asyncio::testing {

/// Equal to every argument, as unittest.mock.ANY.
struct Any {
    template <class T> friend constexpr bool operator==(Any /*any*/, const T& /*other*/) noexcept {
        return true;
    }
};
inline constexpr Any ANY; // NOLINT(readability-identifier-naming): Python's

namespace detail {

/// Text is kept as a std::string, since what a pointer or a view refers to may be gone.
template <class T>
using Kept = std::conditional_t<std::convertible_to<const std::decay_t<T>&, std::string_view>, std::string,
                                std::decay_t<T>>;

} // namespace detail

/// The arguments of a call or an await of a mock: `std::get<0>(mock.await_args()->args)`. Prints as in Python:
/// "call(1, 'a')".
template <class... Ts> struct Call {
    std::tuple<Ts...> args;
};

/// What a call is compared with, as unittest.mock.call: `mock.assert_has_awaits({call(1, "a"), call(2, ANY)})`.
template <class... Args> Call<detail::Kept<Args>...> call(Args&&... args) {
    return {std::tuple<detail::Kept<Args>...>(std::forward<Args>(args)...)};
}

template <class... Ts, class... Us>
    requires requires(const std::tuple<Ts...>& one, const std::tuple<Us...>& other) { one == other; }
bool operator==(const Call<Ts...>& one, const Call<Us...>& other) {
    return one.args == other.args;
}

namespace detail {

/// "(1, 'a')", without the comma of a Python tuple of one.
template <class... Ts> std::string repr_of_arguments(const Call<Ts...>& call) {
    std::string text;
    std::apply([&](const auto&... args) { ((text += asyncio::repr(args) + ", "), ...); }, call.args);
    if (!text.empty()) text.erase(text.size() - 2);
    return "(" + text + ")";
}

} // namespace detail
} // namespace asyncio::testing

template <> struct std::formatter<asyncio::testing::Any> : std::formatter<std::string_view> {
    template <class Context> auto format(asyncio::testing::Any /*any*/, Context& context) const {
        return std::formatter<std::string_view>::format("<ANY>", context);
    }
};
template <class... Ts> struct std::formatter<asyncio::testing::Call<Ts...>> {
    constexpr auto parse(std::format_parse_context& context) { return text_.parse(context); }
    template <class Context> auto format(const asyncio::testing::Call<Ts...>& call, Context& context) const {
        return text_.format("call" + asyncio::testing::detail::repr_of_arguments(call), context);
    }

private:
    // Not a base: a range prints what has its set_debug_format() in quotes.
    std::formatter<std::string> text_;
};
