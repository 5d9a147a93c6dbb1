#pragma once

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

namespace asyncio::http::detail {

/// An optional body of a request. Unlike std::optional, it can be initialized with the braces of a T: `.json
/// = {{"a", 1}, {"b", {1, 2}}}`.
template <class T> class OptionalBody {
public:
    OptionalBody() = default;
    OptionalBody(std::nullopt_t) {}
    OptionalBody(T::initializer_list_t members) : value_(T(members)) {}

    template <class Value>
        requires std::convertible_to<Value, T> && (!std::same_as<std::remove_cvref_t<Value>, OptionalBody>)
    OptionalBody(Value&& value) : value_(std::in_place, std::forward<Value>(value)) {}

    bool has_value() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }
    // NOLINTNEXTLINE(bugprone-unchecked-optional-access): same contract as std::optional
    const T& operator*() const noexcept { return *value_; }

private:
    std::optional<T> value_;
};

} // namespace asyncio::http::detail
