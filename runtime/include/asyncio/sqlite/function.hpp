#pragma once

#include <asyncio/sqlite/value.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace asyncio::sqlite {

struct FunctionOptions {
    /// The same arguments always give the same value: SQLite may use it in indices and call it less often.
    bool deterministic = false;
};

namespace detail {

using Function = std::function<Value(std::span<const Value>)>;

class Aggregate {
public:
    Aggregate() = default;
    Aggregate(const Aggregate&) = delete;
    Aggregate& operator=(const Aggregate&) = delete;
    virtual ~Aggregate() = default;
    virtual void step(std::span<const Value> arguments) = 0;
    virtual Value finalize() = 0;
};
using AggregateFactory = std::function<std::unique_ptr<Aggregate>()>;

/// Any number of arguments.
inline constexpr int any_arity = -1;

template <class F> struct Signature : Signature<decltype(&F::operator())> {};
template <class R, class... Args> struct Signature<R(Args...)> {
    static constexpr int arity = sizeof...(Args);
    template <class Call> static decltype(auto) call(Call&& callable, std::span<const Value> arguments) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return callable(arguments[I].get<std::remove_cvref_t<Args>>()...);
        }(std::index_sequence_for<Args...>());
    }
};
template <class R> struct Signature<R(std::span<const Value>)> {
    static constexpr int arity = any_arity;
    template <class Call> static decltype(auto) call(Call&& callable, std::span<const Value> arguments) {
        return callable(arguments);
    }
};
template <class R, class... Args> struct Signature<R (*)(Args...)> : Signature<R(Args...)> {};
template <class C, class R, class... Args> struct Signature<R (C::*)(Args...)> : Signature<R(Args...)> {};
template <class C, class R, class... Args>
struct Signature<R (C::*)(Args...) const> : Signature<R(Args...)> {};
template <class C, class R, class... Args>
struct Signature<R (C::*)(Args...) noexcept> : Signature<R(Args...)> {};
template <class C, class R, class... Args>
struct Signature<R (C::*)(Args...) const noexcept> : Signature<R(Args...)> {};

template <class F> consteval int arity_of() { return Signature<std::decay_t<F>>::arity; }
template <class A> consteval int step_arity_of() { return Signature<decltype(&A::step)>::arity; }

template <class F> Function erased(F function) {
    return [function = std::move(function)](std::span<const Value> arguments) mutable {
        return Value(Signature<std::decay_t<F>>::call(function, arguments));
    };
}

template <class A> AggregateFactory aggregate_of() {
    class Made final : public Aggregate {
    public:
        void step(std::span<const Value> arguments) override {
            Signature<decltype(&A::step)>::call(
                [this](auto&&... values) { object_.step(std::move(values)...); }, arguments);
        }
        Value finalize() override { return Value(object_.finalize()); }

    private:
        A object_;
    };
    return [] { return std::make_unique<Made>(); };
}

} // namespace detail
} // namespace asyncio::sqlite
