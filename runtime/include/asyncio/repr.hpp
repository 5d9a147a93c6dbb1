#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/demangle.hpp>
#include <asyncio/detail/range.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/error.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <concepts>
#include <cstddef>
#include <exception>
#include <expected>
#include <format>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <utility>
#include <variant>

namespace asyncio {

template <class T> std::string repr(const T& value);

namespace detail {

std::string repr_of_text(std::string_view text);
std::string repr_of_number(double number);
std::string repr_of_error(const std::exception_ptr& error);
std::string repr_of_exception(const std::exception& exception);
std::string repr_of_coroutine(const PromiseBase* coroutine);
std::string repr_of_loop(const EventLoop& loop);
/// `result`: the result's repr, empty if it is unknown, or if there is none.
std::string repr_of_future(FutureBase& future, const std::string& result);
std::string repr_of_object(const std::type_info& type);

template <class T, template <class...> class Template> inline constexpr bool is_a = false;
template <template <class...> class Template, class... Args>
inline constexpr bool is_a<Template<Args...>, Template> = true;

template <class T>
concept Nothing =
    std::same_as<T, std::monostate> || std::same_as<T, std::nullopt_t> || std::same_as<T, std::nullptr_t>;

template <class T>
concept SmartPointer = requires(const T& pointer) {
    *pointer;
    pointer.get() == nullptr;
};

/// Not of itself: a path is a range of paths.
template <class T>
concept RangeOfOthers = Range<const T> && !std::same_as<RangeValue<const T>, T>;

/// A std::vector<bool> gives proxies of its elements.
template <class R> struct Element {
    using type = RangeValue<const R>;
};
template <class R>
    requires requires { typename R::value_type; }
struct Element<R> {
    using type = R::value_type;
};
template <class R> using ElementOf = Element<R>::type;

template <class T> std::string repr_of_typed_future(const Future<T>& future) {
    FutureBase& base = *future.ref();
    if constexpr (!std::is_void_v<T>)
        if (base.has_result())
            return repr_of_future(base,
                                  asyncio::repr(static_cast<ResultSlot<T>*>(base.result_slot())->get()));
    return repr_of_future(base, "None");
}

template <class T> std::string repr_of_tuple(const T& tuple) {
    std::string text;
    std::apply([&](const auto&... elements) { ((text += asyncio::repr(elements) + ", "), ...); }, tuple);
    if (text.empty()) return "()";
    text.pop_back();
    if constexpr (std::tuple_size_v<T> > 1) text.pop_back();
    return "(" + text + ")";
}

template <class R> std::string repr_of_range(const R& range) {
    constexpr bool is_map = requires { typename R::mapped_type; };
    constexpr bool is_set = !is_map && requires { typename R::key_type; };
    std::string text;
    for (auto&& element : range) {
        if (!text.empty()) text += ", ";
        if constexpr (is_map)
            text += asyncio::repr(element.first) + ": " + asyncio::repr(element.second);
        else
            text += asyncio::repr(static_cast<const ElementOf<R>&>(element));
    }
    if (is_set && text.empty()) return "set()";
    return is_map || is_set ? "{" + text + "}" : "[" + text + "]";
}

} // namespace detail

/// Python's repr(): "'text'", "[1, 2.0]", "{'a': True}", "ValueError('bad')", "<Task finished name='Task-2'
/// coro=<...> result=5>". An empty optional is "None"; an Outcome is its value or error. Other types are as
/// std::format() prints them, and those that it does not print are "<Name object>".
template <class T> std::string repr(const T& value) {
    if constexpr (detail::Nothing<T>)
        return "None";
    else if constexpr (std::same_as<T, bool>)
        return value ? "True" : "False";
    else if constexpr (std::same_as<T, char>)
        return detail::repr_of_text({&value, 1});
    else if constexpr (std::convertible_to<const T&, std::string_view>)
        return detail::repr_of_text(value);
    else if constexpr (std::floating_point<T>)
        return detail::repr_of_number(static_cast<double>(value));
    else if constexpr (std::same_as<T, std::exception_ptr>)
        return detail::repr_of_error(value);
    else if constexpr (std::derived_from<T, std::exception>)
        return detail::repr_of_exception(value);
    else if constexpr (std::same_as<T, CancelledError>)
        return detail::repr_of_error(std::make_exception_ptr(value));
    else if constexpr (detail::is_coro<T>::value)
        return detail::repr_of_coroutine(value.promise());
    else if constexpr (std::same_as<T, EventLoop>)
        return detail::repr_of_loop(value);
    else if constexpr (requires { detail::repr_of_typed_future(value); })
        return detail::repr_of_typed_future(value);
    else if constexpr (std::derived_from<T, AnyFuture>)
        return detail::repr_of_future(*value.ref(), "");
    else if constexpr (detail::is_a<T, std::optional>)
        return value ? repr(*value) : "None";
    else if constexpr (detail::is_a<T, std::expected>) {
        if (!value) return repr(value.error());
        if constexpr (std::is_void_v<typename T::value_type>)
            return "None";
        else
            return repr(*value);
    } else if constexpr (detail::is_a<T, std::variant>)
        return std::visit([](const auto& held) { return repr(held); }, value);
    else if constexpr (detail::is_a<T, std::pair> || detail::is_a<T, std::tuple>)
        return detail::repr_of_tuple(value);
    else if constexpr (detail::is_a<T, std::reference_wrapper>)
        return repr(value.get());
    else if constexpr (detail::RangeOfOthers<T>)
        return detail::repr_of_range(value);
    else if constexpr (std::formattable<T, char>)
        return std::format("{}", value);
    else if constexpr (detail::SmartPointer<T>)
        return value.get() == nullptr ? "None" : repr(*value);
    else
        return detail::repr_of_object(typeid(value));
}

namespace detail {

class ReprFormatter {
public:
    constexpr auto parse(std::format_parse_context& context) { return text_.parse(context); }
    template <class T, class Context> auto format(const T& value, Context& context) const {
        return text_.format(asyncio::repr(value), context);
    }

private:
    // Not a base: a range prints what has its set_debug_format() in quotes.
    std::formatter<std::string_view> text_;
};

/// As Python's print() shows it.
template <class T> std::string str(const T& value) {
    if constexpr (is_a<T, std::optional>) {
        return value ? detail::str(*value) : "None";
    } else if constexpr (is_a<T, std::expected>) {
        if (!value) return detail::str(value.error());
        if constexpr (std::is_void_v<typename T::value_type>)
            return "None";
        else
            return detail::str(*value);
    } else if constexpr (std::same_as<T, std::exception_ptr>) {
        return value == nullptr ? "None" : message(value);
    } else if constexpr (std::formattable<T, char>) {
        return std::format("{}", value);
    } else {
        return asyncio::repr(value);
    }
}

/// Of what may be a value, nothing or an error: as str(), and as repr() inside a container.
class StrFormatter {
public:
    constexpr auto parse(std::format_parse_context& context) { return text_.parse(context); }
    constexpr void set_debug_format() noexcept { in_container_ = true; }
    template <class T, class Context> auto format(const T& value, Context& context) const {
        return text_.format(in_container_ ? asyncio::repr(value) : detail::str(value), context);
    }

private:
    std::formatter<std::string_view> text_;
    bool in_container_ = false;
};

} // namespace detail
} // namespace asyncio

// `std::println("{}", task)`. A Coro has none: what is printed would be a coroutine that was not awaited.
template <class T> struct std::formatter<asyncio::Future<T>> : asyncio::detail::ReprFormatter {};
template <class T> struct std::formatter<asyncio::Task<T>> : asyncio::detail::ReprFormatter {};
template <> struct std::formatter<asyncio::AnyFuture> : asyncio::detail::ReprFormatter {};
template <> struct std::formatter<asyncio::AnyTask> : asyncio::detail::ReprFormatter {};
template <> struct std::formatter<asyncio::EventLoop> : asyncio::detail::ReprFormatter {};

// The standard has none for these; a result that may be missing or an error prints as in Python: "None", "no".
// NOLINTBEGIN(cert-dcl58-cpp)
template <class T> struct std::formatter<std::optional<T>> : asyncio::detail::StrFormatter {};
template <class T>
struct std::formatter<std::expected<T, std::exception_ptr>> : asyncio::detail::StrFormatter {};
template <> struct std::formatter<std::exception_ptr> : asyncio::detail::StrFormatter {};
// NOLINTEND(cert-dcl58-cpp)
