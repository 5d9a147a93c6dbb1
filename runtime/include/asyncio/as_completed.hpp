#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/as_completed_state.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace asyncio {

/// The results of awaitables in the order they come; see as_completed().
template <class T> class AsCompleted {
public:
    using Value = std::conditional_t<std::is_void_v<T>, std::monostate, T>;

    explicit AsCompleted(detail::Ref<detail::AsCompletedState> state) : state_(std::move(state)) {}

    /// Suspends until the next one is done; gives its result or raises its error; nullopt after the
    /// last. Raises TimeoutError, once for each that is missing, when the time is up.
    Coro<std::optional<Value>> next() {
        if (!state_->take_turn()) co_return std::nullopt;
        detail::Ref<detail::FutureBase> done = co_await state_->next_done();
        done->rethrow_if_failed();
        if constexpr (std::is_void_v<T>)
            co_return Value();
        else
            co_return static_cast<detail::ResultSlot<T>*>(done->result_slot())->take(done->unique());
    }

private:
    detail::Ref<detail::AsCompletedState> state_;
};

/// Runs awaitables side by side: `while (auto result = co_await it.next())` takes their results in
/// the order in which they end. Coroutines become tasks at the call.
template <std::ranges::input_range R>
    requires detail::Awaitable<std::ranges::range_value_t<R>>
auto as_completed(R&& awaitables, MaybeDelay timeout = {}) {
    using A = std::ranges::range_value_t<R>;
    static_assert(!std::is_lvalue_reference_v<R> || detail::is_future<A>::value,
                  "as_completed() uses up coroutines: std::move the range into it");
    std::vector<detail::Ref<detail::FutureBase>> futures;
    for (auto&& awaitable : awaitables) {
        if constexpr (detail::is_future<A>::value)
            futures.push_back(awaitable.ref());
        else
            futures.push_back(ensure_future(A(std::move(awaitable))).ref());
    }
    return AsCompleted<detail::FutureValueOf<A>>(detail::AsCompletedState::begin(futures, timeout));
}

} // namespace asyncio
