#pragma once

#include <asyncio/repr.hpp>
#include <asyncio/testing/call.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio::testing::detail {

template <class T, class U>
concept EqualTo = requires(const T& one, const U& other) { one == other; };

/// A call to compare with those of a mock, whose arguments may be of other types, or ANY.
template <class... Ts> class ExpectedCall {
public:
    template <class... Us>
        requires(sizeof...(Us) == sizeof...(Ts) && (EqualTo<Ts, Us> && ...))
    ExpectedCall(Call<Us...> call) // NOLINT(*-explicit-*): an element of a list
        : arguments_(repr_of_arguments(call)),
          equals_([call = std::move(call)](const Call<Ts...>& actual) { return actual == call; }) {}

    bool operator==(const Call<Ts...>& actual) const { return equals_(actual); }
    const std::string& arguments() const noexcept { return arguments_; }

private:
    std::string arguments_;
    std::function<bool(const Call<Ts...>&)> equals_;
};

template <class... Ts> using ExpectedCalls = std::vector<ExpectedCall<Ts...>>;

/// "call(1), call(2)"
template <class... Ts> std::string join(const ExpectedCalls<Ts...>& calls) {
    std::string text;
    for (const auto& call : calls) text += (text.empty() ? "call" : ", call") + call.arguments();
    return text;
}

/// The calls or the awaits of a mock.
template <class... Ts> class CallLog {
public:
    void add(Call<Ts...> call) { calls_.push_back(std::move(call)); }
    void clear() noexcept { calls_.clear(); }

    std::size_t size() const noexcept { return calls_.size(); }
    bool empty() const noexcept { return calls_.empty(); }
    const std::vector<Call<Ts...>>& all() const noexcept { return calls_; }
    std::optional<Call<Ts...>> last() const {
        return calls_.empty() ? std::nullopt : std::optional(calls_.back());
    }
    std::string repr() const { return asyncio::repr(calls_); }

    bool contains(const ExpectedCall<Ts...>& expected) const {
        return std::ranges::any_of(calls_, [&](const auto& actual) { return expected == actual; });
    }
    /// Whether they are next to each other, in this order.
    bool contains(const ExpectedCalls<Ts...>& expected) const {
        return !std::ranges::search(calls_, expected,
                                    [](const auto& actual, const auto& wanted) { return wanted == actual; })
                    .empty() ||
               expected.empty();
    }
    /// Those that are not there, as a tuple of Python; empty if all are.
    std::string missing(const ExpectedCalls<Ts...>& expected) const {
        std::vector<const Call<Ts...>*> left;
        for (const auto& actual : calls_) left.push_back(&actual);
        ExpectedCalls<Ts...> missing;
        for (const auto& wanted : expected) {
            const auto found =
                std::ranges::find_if(left, [&](const auto* actual) { return wanted == *actual; });
            if (found == left.end())
                missing.push_back(wanted);
            else
                left.erase(found);
        }
        if (missing.empty()) return {};
        return "(" + join(missing) + (missing.size() == 1 ? ",)" : ")");
    }

private:
    std::vector<Call<Ts...>> calls_;
};

} // namespace asyncio::testing::detail
