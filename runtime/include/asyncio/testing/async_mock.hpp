#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/testing/call.hpp>
#include <asyncio/testing/detail/assertion.hpp>
#include <asyncio/testing/detail/call_log.hpp>
#include <asyncio/testing/effect.hpp>
#include <asyncio/testing/error.hpp>

#include <concepts>
#include <cstddef>
#include <deque>
#include <functional>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::testing {

/// What reset_mock() forgets besides the calls and awaits.
struct ResetOptions {
    bool return_value = false;
    bool side_effect = false;
};

struct HasCallsOptions {
    /// Whether they may be in any order, with others between them.
    bool any_order = false;
};

namespace detail {

/// The parameter that a mock's coroutine keeps for one of the signature: a copy, unless the signature has a
/// reference through which a side effect can write.
template <class Arg>
using Parameter =
    std::conditional_t<std::is_lvalue_reference_v<Arg> && !std::is_const_v<std::remove_reference_t<Arg>>, Arg,
                       Kept<Arg>>;

template <class Arg> decltype(auto) pass(std::remove_reference_t<Parameter<Arg>>& kept) {
    using Given = std::decay_t<Arg>;
    if constexpr (std::same_as<std::remove_reference_t<Parameter<Arg>>, Given>)
        return static_cast<Arg&&>(kept);
    else if constexpr (std::same_as<Given, const char*>)
        return kept.c_str();
    else
        return Given(kept);
}

} // namespace detail

/// A coroutine function for tests that stands for another one, after unittest.mock.AsyncMock: it records how
/// it is called and awaited, and does what the test says.
///
/// `AsyncMock<int(std::string)> fetch;` is called as `co_await fetch("a")`, also through a std::function. A
/// call is recorded at once, an await when the coroutine starts. It suspends only where its side effect does,
/// and is cancelled there. Arguments are recorded as copies, texts as std::string. Copies of a mock are the
/// same mock.
template <class Signature> class AsyncMock;

template <class R, class... Args> class AsyncMock<R(Args...)> {
    static_assert((std::copy_constructible<detail::Kept<Args>> && ...),
                  "an AsyncMock records its arguments, so it must be able to copy them");

    template <class... Us>
    static constexpr bool comparable = requires(const testing::Call<detail::Kept<Us>...>& call) {
        detail::ExpectedCall<detail::Kept<Args>...>(call);
    };

public:
    using Call = testing::Call<detail::Kept<Args>...>;
    /// Made by `{call(1, "a"), call(2, ANY)}`.
    using ExpectedCalls = detail::ExpectedCalls<detail::Kept<Args>...>;

    AsyncMock() : AsyncMock("") {}
    /// The name is said in failures, instead of "mock".
    explicit AsyncMock(std::string name) : state_(std::make_shared<State>()) {
        state_->name = std::move(name);
    }

    Coro<R> operator()(Args... args) const {
        return record_call(state_, static_cast<detail::Parameter<Args>>(std::forward<Args>(args))...);
    }

    /// What awaits return from now on; without it R(). An R that has no such value raises RuntimeError.
    template <std::convertible_to<R> V = R> void return_value(V&& value) const {
        state_->returned.emplace(std::forward<V>(value));
    }

    /// What each await does from now on, before the return_value is asked: `function` is called with the
    /// arguments, and awaited if it is a coroutine function. The await returns its result, or raises its
    /// exception.
    template <class F>
        requires std::invocable<F&, Args...>
    void side_effect(F function) const {
        set_effect([function = std::move(function)](
                       std::remove_reference_t<detail::Parameter<Args>>&... args) mutable -> Coro<Effect<R>> {
            using Result = std::invoke_result_t<F&, Args...>;
            if constexpr (asyncio::detail::Awaitable<Result>) {
                if constexpr (std::is_void_v<R>) {
                    co_await function(detail::pass<Args>(args)...);
                    co_return DEFAULT;
                } else {
                    co_return co_await function(detail::pass<Args>(args)...);
                }
            } else if constexpr (std::is_void_v<R>) {
                function(detail::pass<Args>(args)...);
                co_return DEFAULT;
            } else {
                co_return function(detail::pass<Args>(args)...);
            }
        });
    }
    /// Each await raises the exception.
    template <detail::Raisable E> void side_effect(E error) const {
        set_effect([error = std::move(error)](auto&...) -> Coro<Effect<R>> { co_return error; });
    }
    /// Each await uses one of `effects`, in their order: `mock.side_effect({1, ValueError("no"), DEFAULT})`
    /// returns 1, raises the exception, then returns the return_value. After the last it raises
    /// StopAsyncIteration.
    void side_effect(std::vector<Effect<R>> effects) const {
        auto left = std::make_shared<std::deque<Effect<R>>>(std::make_move_iterator(effects.begin()),
                                                            std::make_move_iterator(effects.end()));
        set_effect([left](auto&...) -> Coro<Effect<R>> {
            if (left->empty()) detail::throw_no_effect_left();
            Effect<R> effect = std::move(left->front());
            left->pop_front();
            co_return effect;
        });
    }

    bool called() const { return !state_->calls.empty(); }
    std::size_t call_count() const { return state_->calls.size(); }
    /// The arguments of the last call; nullopt if there was none.
    std::optional<Call> call_args() const { return state_->calls.last(); }
    const std::vector<Call>& call_args_list() const { return state_->calls.all(); }

    std::size_t await_count() const { return state_->awaits.size(); }
    /// The arguments of the last await; nullopt if there was none.
    std::optional<Call> await_args() const { return state_->awaits.last(); }
    const std::vector<Call>& await_args_list() const { return state_->awaits.all(); }

    // Each raises AssertionError if it is not so. An argument that is compared may be ANY.

    void assert_awaited() const {
        if (await_count() == 0) detail::fail_awaited(name());
    }
    void assert_awaited_once() const {
        if (await_count() != 1) detail::fail_awaited_once(name(), await_count());
    }
    void assert_not_awaited() const {
        if (await_count() != 0) detail::fail_not_awaited(name(), await_count());
    }
    /// Of the last await.
    template <class... Us>
        requires comparable<Us...>
    void assert_awaited_with(const Us&... args) const {
        const Expected expected = testing::call(args...);
        if (await_count() == 0) detail::fail_never_awaited_with(name(), expected.arguments());
        require_last("await", state_->awaits, expected);
    }
    template <class... Us>
        requires comparable<Us...>
    void assert_awaited_once_with(const Us&... args) const {
        assert_awaited_once();
        assert_awaited_with(args...);
    }
    template <class... Us>
        requires comparable<Us...>
    void assert_any_await(const Us&... args) const {
        require_any("await", state_->awaits, testing::call(args...));
    }
    /// That the awaits are there, next to each other and in this order.
    void assert_has_awaits(const ExpectedCalls& expected, HasCallsOptions options = {}) const {
        if (!options.any_order) {
            if (!state_->awaits.contains(expected))
                detail::fail_has_awaits(detail::join(expected), state_->awaits.repr());
        } else if (const std::string missing = state_->awaits.missing(expected); !missing.empty()) {
            detail::fail_has_awaits_in_any_order(missing);
        }
    }

    void assert_called() const {
        if (call_count() == 0) detail::fail_called(name());
    }
    void assert_called_once() const {
        if (call_count() != 1) detail::fail_called_once(name(), call_count(), state_->calls.repr());
    }
    void assert_not_called() const {
        if (call_count() != 0) detail::fail_not_called(name(), call_count(), state_->calls.repr());
    }
    /// Of the last call.
    template <class... Us>
        requires comparable<Us...>
    void assert_called_with(const Us&... args) const {
        const Expected expected = testing::call(args...);
        if (call_count() == 0) detail::fail_never_called_with(name(), expected.arguments());
        require_last("call", state_->calls, expected);
    }
    template <class... Us>
        requires comparable<Us...>
    void assert_called_once_with(const Us&... args) const {
        if (call_count() != 1) detail::fail_called_once_with(name(), call_count(), state_->calls.repr());
        assert_called_with(args...);
    }
    template <class... Us>
        requires comparable<Us...>
    void assert_any_call(const Us&... args) const {
        require_any("call", state_->calls, testing::call(args...));
    }
    /// As assert_has_awaits().
    void assert_has_calls(const ExpectedCalls& expected, HasCallsOptions options = {}) const {
        if (!options.any_order) {
            if (!state_->calls.contains(expected))
                detail::fail_has_calls(detail::join(expected), state_->calls.repr());
        } else if (const std::string missing = state_->calls.missing(expected); !missing.empty()) {
            detail::fail_has_calls_in_any_order(name(), missing, state_->calls.repr());
        }
    }

    /// Forgets the calls and awaits.
    void reset_mock(ResetOptions options = {}) const {
        state_->calls.clear();
        state_->awaits.clear();
        if (options.return_value) state_->returned.reset();
        if (options.side_effect) state_->effect = nullptr;
    }

private:
    using Log = detail::CallLog<detail::Kept<Args>...>;
    using Expected = detail::ExpectedCall<detail::Kept<Args>...>;
    using EffectFunction =
        std::function<Coro<Effect<R>>(std::remove_reference_t<detail::Parameter<Args>>&...)>;

    struct State {
        std::string name;
        std::optional<std::conditional_t<std::is_void_v<R>, std::monostate, R>> returned;
        /// Shared with the coroutines that are in it.
        std::shared_ptr<EffectFunction> effect;
        Log calls;
        Log awaits;
    };

    static Coro<R> record_call(const std::shared_ptr<State>& state, detail::Parameter<Args>... args) {
        state->calls.add({{args...}});
        return run_effect(state, std::forward<detail::Parameter<Args>>(args)...);
    }

    static Coro<R> run_effect(std::shared_ptr<State> state, detail::Parameter<Args>... args) {
        state->awaits.add({{args...}});
        if (const std::shared_ptr<EffectFunction> effect = state->effect) {
            Effect<R> given = co_await (*effect)(args...);
            auto value = std::move(given).take();
            if constexpr (!std::is_void_v<R>)
                if (value) co_return *std::move(value);
        }
        if constexpr (!std::is_void_v<R>) {
            if constexpr (std::copy_constructible<R>)
                if (state->returned) co_return *state->returned;
            if constexpr (std::default_initializable<R>)
                co_return R();
            else
                detail::throw_no_value_to_return(state->name);
        }
    }

    template <class F> void set_effect(F function) const {
        state_->effect = std::make_shared<EffectFunction>(std::move(function));
    }
    const std::string& name() const { return state_->name; }

    void require_last(const char* action, const Log& log, const Expected& expected) const {
        if (!(expected == log.all().back()))
            detail::fail_with(action, name(), expected.arguments(),
                              detail::repr_of_arguments(log.all().back()));
    }
    void require_any(const char* action, const Log& log, const Expected& expected) const {
        if (!log.contains(expected)) detail::fail_any(action, name(), expected.arguments());
    }

    std::shared_ptr<State> state_;
};

} // namespace asyncio::testing
