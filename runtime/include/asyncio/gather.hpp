#pragma once

#include <asyncio/detail/gather_base.hpp>
#include <asyncio/detail/range.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/outcome.hpp>

#include <concepts>
#include <cstddef>
#include <expected>
#include <functional>
#include <iterator>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

namespace asyncio {
namespace detail {

/// The type of a result in a tuple or a vector.
template <class T>
using Gathered = std::conditional_t<
    std::is_void_v<T>, std::monostate,
    std::conditional_t<std::is_reference_v<T>, std::reference_wrapper<std::remove_reference_t<T>>, T>>;

template <class T> Gathered<T> gathered_value(const Ref<FutureBase>& child) {
    if constexpr (std::is_void_v<T>)
        return {};
    else
        return static_cast<ResultSlot<T>*>(child->result_slot())->take(child->unique());
}

template <class T> Outcome<Gathered<T>> gathered_outcome(const Ref<FutureBase>& child) {
    if (child->cancelled())
        return std::unexpected(std::make_exception_ptr(CancelledError(child->cancel_message())));
    if (std::exception_ptr error = child->exception()) return std::unexpected(std::move(error));
    return gathered_value<T>(child);
}

/// The result of a child in the result of a gather(): its value, or its value or error.
template <class T, bool with_errors> auto gathered(const Ref<FutureBase>& child) {
    if constexpr (with_errors)
        return gathered_outcome<T>(child);
    else
        return gathered_value<T>(child);
}
template <class T, bool with_errors>
using GatheredAs = std::conditional_t<with_errors, Outcome<Gathered<T>>, Gathered<T>>;

template <bool with_errors, class... T> class GatherTuple final : public GatherBase, public Pooled {
public:
    using Result = std::tuple<GatheredAs<T, with_errors>...>;
    explicit GatherTuple(EventLoop& loop) : GatherBase(loop, with_errors) {}
    void* result_slot() noexcept override { return &result_; }

private:
    void collect(const std::vector<Ref<FutureBase>>& children) override {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            result_.emplace(gathered<T, with_errors>(children[I])...);
        }(std::index_sequence_for<T...>());
    }
    ResultSlot<Result> result_;
};

template <bool with_errors, class T> class GatherVector final : public GatherBase, public Pooled {
public:
    using Result = std::vector<GatheredAs<T, with_errors>>;
    explicit GatherVector(EventLoop& loop) : GatherBase(loop, with_errors) {}
    void* result_slot() noexcept override { return &result_; }

private:
    void collect(const std::vector<Ref<FutureBase>>& children) override {
        Result values;
        values.reserve(children.size());
        for (const Ref<FutureBase>& child : children) values.push_back(gathered<T, with_errors>(child));
        result_.emplace(std::move(values));
    }
    ResultSlot<Result> result_;
};

template <bool with_errors, class... A> auto gather_pack(A&&... awaitables) {
    using State = GatherTuple<with_errors, FutureValueOf<A>...>;
    std::vector<Ref<FutureBase>> children;
    children.reserve(sizeof...(A));
    (children.push_back(ensure_future(std::forward<A>(awaitables)).ref()), ...);
    const Ref<GatherBase> state(new State(get_running_loop()));
    GatherBase::begin(state, std::move(children));
    return Future<typename State::Result>(Ref<FutureBase>(state));
}

template <bool with_errors, class R> auto gather_range(R&& range) {
    using A = RangeValue<R>;
    // The elements of a range that is passed as an rvalue, or whose elements are move-only, are moved out of
    // it.
    constexpr bool move_out = !std::is_lvalue_reference_v<R> || !is_future<A>::value;
    using Element = std::conditional_t<move_out, A, A&>;
    using State = GatherVector<with_errors, FutureValueOf<Element>>;
    static_assert(!std::is_lvalue_reference_v<R> || is_future<A>::value,
                  "gather() consumes coroutines: std::move the range into it");
    std::vector<Ref<FutureBase>> children;
    if constexpr (requires { std::size(range); }) children.reserve(std::size(range));
    for (auto&& element : range) {
        if constexpr (move_out)
            children.push_back(ensure_future(A(std::move(element))).ref());
        else
            children.push_back(ensure_future(element).ref());
    }
    const Ref<GatherBase> state(new State(get_running_loop()));
    GatherBase::begin(state, std::move(children));
    return Future<typename State::Result>(Ref<FutureBase>(state));
}

template <class... A> constexpr void require_awaitable() {
    static_assert((Runnable<A> && ...),
                  "gather() takes awaitables: calls such as f(), Tasks, Futures, functions without "
                  "parameters that return a Coro, or one range of these");
}

template <class R>
concept RangeOfAwaitables = Range<R> && Runnable<RangeValue<R>>;

} // namespace detail

struct return_exceptions_t {};
/// gather(return_exceptions, ...): errors are returned as results.
inline constexpr return_exceptions_t return_exceptions{};

/// Runs awaitables concurrently: coroutines become tasks at the call, in order. A lambda that returns a
/// coroutine is passed uncalled, `gather([&]() -> Coro<> { … }, f())`: its task keeps it alive.
///
/// `co_await gather(a, b)` returns a tuple of the results (std::monostate for void) once all are done, or
/// raises the first error immediately while the others continue. Cancelling it cancels them all.
template <class... A> auto gather(A&&... awaitables) {
    detail::require_awaitable<A...>();
    return detail::gather_pack<false>(std::forward<A>(awaitables)...);
}

/// The same for a range; returns a vector.
template <detail::RangeOfAwaitables R> auto gather(R&& range) {
    return detail::gather_range<false>(std::forward<R>(range));
}

/// Returns an Outcome for each instead of raising the first error.
template <class... A> auto gather(return_exceptions_t, A&&... awaitables) {
    detail::require_awaitable<A...>();
    return detail::gather_pack<true>(std::forward<A>(awaitables)...);
}
template <detail::RangeOfAwaitables R> auto gather(return_exceptions_t, R&& range) {
    return detail::gather_range<true>(std::forward<R>(range));
}

} // namespace asyncio
