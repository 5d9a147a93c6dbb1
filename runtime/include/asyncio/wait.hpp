#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <ranges>
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

/// The futures given to wait(), in the order given, by what has become of them.
template <class F> struct WaitResult {
    std::vector<F> done;
    std::vector<F> pending;
};

namespace detail {

/// Suspends until enough of `futures` are done, or the timeout passes.
Coro<> wait_for_some(std::vector<Ref<FutureBase>> futures, WaitOptions options);

template <class F> Coro<WaitResult<F>> wait_and_sort(std::vector<F> futures, WaitOptions options) {
    std::vector<Ref<FutureBase>> bases;
    std::vector<F> unique;
    for (F& future : futures) {
        if (std::ranges::contains(bases, future.ref())) continue;
        bases.push_back(future.ref());
        unique.push_back(std::move(future));
    }
    co_await wait_for_some(std::move(bases), options);
    WaitResult<F> result;
    for (F& future : unique) (future.done() ? result.done : result.pending).push_back(std::move(future));
    co_return result;
}

} // namespace detail

/// Waits until the tasks or futures are done, as far as `options` ask; raises nothing of theirs and
/// cancels none. Cancelling it leaves them running. Raises ValueError when there are none.
template <std::ranges::input_range R>
    requires detail::is_future<std::ranges::range_value_t<R>>::value
auto wait(R&& futures, WaitOptions options = {}) {
    using F = std::ranges::range_value_t<R>;
    return detail::wait_and_sort(std::vector<F>(std::ranges::begin(futures), std::ranges::end(futures)),
                                 options);
}
template <class F>
    requires detail::is_future<F>::value
Coro<WaitResult<F>> wait(std::initializer_list<F> futures, WaitOptions options = {}) {
    return detail::wait_and_sort(std::vector<F>(futures), options);
}

} // namespace asyncio
