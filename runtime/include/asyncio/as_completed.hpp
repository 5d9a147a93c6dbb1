#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/as_completed_state.hpp>
#include <asyncio/detail/range.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace asyncio {

/// The results of awaitables in order of completion; see as_completed(). F is the handle type: a Task for a
/// coroutine, the task's or future's own type otherwise. The state outlives the object: tasks that wait in
/// next() are not affected when the object is destroyed or moved.
template <class F> class AsCompleted {
    using T = detail::FutureValueOf<F>;

public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    explicit AsCompleted(detail::Ref<detail::AsCompletedState> state) : state_(std::move(state)) {}

    /// Suspends until the next one is done; returns its result or raises its error; nullopt after the last.
    /// Raises TimeoutError, once for each one not done, when the timeout has passed.
    Coro<std::optional<Value>> next() { return value_of_next(state_.ref()); }

    /// The same, but returns the completed task or future itself, so that the caller can identify it.
    Coro<std::optional<F>> next_done() { return next_of(state_.ref()); }

private:
    static Coro<std::optional<Value>> value_of_next(detail::Ref<detail::AsCompletedState> state) {
        if (!state->take_turn()) co_return std::nullopt;
        const detail::Ref<detail::FutureBase> done = co_await state->next_done();
        done->rethrow_if_failed();
        if constexpr (std::is_void_v<T>)
            co_return Value();
        else
            co_return static_cast<detail::ResultSlot<T>*>(done->result_slot())->take(done->unique());
    }
    static Coro<std::optional<F>> next_of(detail::Ref<detail::AsCompletedState> state) {
        if (!state->take_turn()) co_return std::nullopt;
        const detail::Ref<detail::FutureBase> done = co_await state->next_done();
        if constexpr (requires(const F& task) { task.cancelling(); })
            co_return F(detail::Ref(done->as_task()));
        else
            co_return F(done);
    }

    detail::Shared<detail::AsCompletedState> state_;
};

/// Runs awaitables concurrently: `while (auto result = co_await it.next())` takes their results in order of
/// completion. Coroutines become tasks at the call. A function that returns a coroutine is passed uncalled
/// and is called here.
template <detail::Range R>
    requires detail::Runnable<detail::RangeValue<R>>
auto as_completed(R&& awaitables, MaybeDelay timeout = {}) {
    using A = detail::RangeValue<R>;
    static_assert(!std::is_lvalue_reference_v<R> || detail::is_future<A>::value,
                  "as_completed() consumes coroutines: std::move the range into it");
    std::vector<detail::Ref<detail::FutureBase>> futures;
    for (auto&& awaitable : awaitables) {
        if constexpr (detail::is_future<A>::value)
            futures.push_back(awaitable.ref());
        else
            futures.push_back(ensure_future(A(std::move(awaitable))).ref());
    }
    return AsCompleted<std::remove_cvref_t<decltype(ensure_future(std::declval<A>()))>>(
        detail::AsCompletedState::begin(futures, timeout));
}

/// The same for separate arguments, all with the same result type.
template <detail::Runnable First, class... Rest> auto as_completed(First&& first, Rest&&... rest) {
    return as_completed(MaybeDelay(), std::forward<First>(first), std::forward<Rest>(rest)...);
}
template <detail::Runnable First, class... Rest>
auto as_completed(MaybeDelay timeout, First&& first, Rest&&... rest) {
    using F = std::remove_cvref_t<decltype(ensure_future(std::forward<First>(first)))>;
    constexpr bool one_type =
        (std::same_as<F, std::remove_cvref_t<decltype(ensure_future(std::forward<Rest>(rest)))>> && ...);
    static_assert(one_type, "as_completed() needs results of one type: let the coroutines return a "
                            "std::variant");
    std::vector<F> futures;
    if constexpr (one_type) {
        futures.reserve(1 + sizeof...(Rest));
        futures.push_back(ensure_future(std::forward<First>(first)));
        (futures.push_back(ensure_future(std::forward<Rest>(rest))), ...);
    }
    return as_completed(std::move(futures), timeout);
}

} // namespace asyncio
