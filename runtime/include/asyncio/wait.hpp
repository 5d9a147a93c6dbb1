#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/range.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <initializer_list>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {

enum class ReturnWhen : std::uint8_t { first_completed, first_exception, all_completed };
inline constexpr ReturnWhen FIRST_COMPLETED = ReturnWhen::first_completed;
inline constexpr ReturnWhen FIRST_EXCEPTION = ReturnWhen::first_exception;
inline constexpr ReturnWhen ALL_COMPLETED = ReturnWhen::all_completed;

struct WaitOptions {
    MaybeDelay timeout = {};
    ReturnWhen return_when = ALL_COMPLETED;
};

/// The futures passed to wait(), split by state, in the order given unless the loop shuffles.
template <class F> struct WaitResult {
    std::vector<F> done;
    std::vector<F> pending;
};

namespace detail {

/// The index of the item to put last of the first `count`, where asyncio defines no order: the last one,
/// unless the running loop shuffles.
std::size_t last_of(std::size_t count);

template <class F> void shuffle_unordered(std::vector<F>& things) {
    for (std::size_t count = things.size(); count > 1; --count)
        if (const std::size_t last = last_of(count); last != count - 1)
            std::swap(things[last], things[count - 1]);
}

/// Suspends until enough of `futures` are done, or the timeout passes.
Coro<> wait_for_some(std::vector<Ref<FutureBase>> futures, WaitOptions options);

template <class F> Coro<WaitResult<F>> wait_and_sort(std::vector<F> futures, WaitOptions options) {
    std::vector<Ref<FutureBase>> bases;
    std::vector<F> unique;
    for (F& future : futures) {
        if (std::find(bases.begin(), bases.end(), future.ref()) != bases.end()) continue;
        bases.push_back(future.ref());
        unique.push_back(std::move(future));
    }
    co_await wait_for_some(std::move(bases), options);
    WaitResult<F> result;
    for (F& future : unique) (future.done() ? result.done : result.pending).push_back(std::move(future));
    shuffle_unordered(result.done);
    shuffle_unordered(result.pending);
    co_return result;
}

/// The handle type for futures of these types: their common type if they have one, else AnyTask or AnyFuture.
template <class First, class... Rest>
using CommonFuture = std::conditional_t<
    (std::same_as<First, Rest> && ...), First,
    std::conditional_t<std::is_convertible_v<First, AnyTask> && (std::is_convertible_v<Rest, AnyTask> && ...),
                       AnyTask, AnyFuture>>;

/// A vector of F if all of `Given` are futures; after a mistake, which is reported, of any.
template <class F, class... Given> consteval auto futures_of() {
    constexpr bool has_coroutine = (is_coro<std::remove_cvref_t<Given>>::value || ...);
    constexpr bool futures = (is_future<std::remove_cvref_t<Given>>::value && ...);
    static_assert(!has_coroutine,
                  "wait() takes tasks, not coroutines: pass the coroutine to create_task() first");
    static_assert(futures || has_coroutine, "wait() needs tasks or futures");
    return std::type_identity<std::conditional_t<futures, std::vector<F>, std::vector<AnyFuture>>>();
}
template <class F, class... Given> using FuturesOf = decltype(futures_of<F, Given...>())::type;

} // namespace detail

/// Waits until the tasks or futures are done, as specified by `options`; raises none of their errors and
/// cancels none of them. Cancelling it leaves them running. Raises ValueError if there are none.
template <detail::Range R> auto wait(R&& futures, WaitOptions options = {}) {
    using F = detail::RangeValue<R>;
    using Futures = detail::FuturesOf<F, F>;
    if constexpr (detail::is_future<F>::value)
        return detail::wait_and_sort(Futures(std::begin(futures), std::end(futures)), options);
    else
        return detail::wait_and_sort(Futures(), options);
}
template <class F>
    requires detail::is_future<F>::value
Coro<WaitResult<F>> wait(std::initializer_list<F> futures, WaitOptions options = {}) {
    return detail::wait_and_sort(std::vector<F>(futures), options);
}

/// The same for separate tasks or futures, of any result types.
template <class F, class... Rest>
    requires(!detail::Range<F> && !std::same_as<std::remove_cvref_t<F>, WaitOptions>)
auto wait(F&& first, Rest&&... rest) {
    return wait(WaitOptions{}, std::forward<F>(first), std::forward<Rest>(rest)...);
}
template <class F, class... Rest>
    requires(!detail::Range<F>)
auto wait(WaitOptions options, F&& first, Rest&&... rest) {
    using Common = detail::CommonFuture<std::remove_cvref_t<F>, std::remove_cvref_t<Rest>...>;
    using Futures = detail::FuturesOf<Common, F, Rest...>;
    if constexpr ((detail::is_future<std::remove_cvref_t<F>>::value && ... &&
                   detail::is_future<std::remove_cvref_t<Rest>>::value))
        return detail::wait_and_sort(
            Futures{Common(std::forward<F>(first)), Common(std::forward<Rest>(rest))...}, options);
    else
        return detail::wait_and_sort(Futures(), options);
}

} // namespace asyncio
