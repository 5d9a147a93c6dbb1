#pragma once

#include <asyncio/detail/gather_base.hpp>
#include <asyncio/detail/range.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/outcome.hpp>

#include <array>
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

/// What gather() is given: a range, or something to run.
template <class A>
concept RangeToGather = Range<A> && !Runnable<A>;
template <class A> struct Gatherable {
    using type = std::remove_cvref_t<A>;
};
template <RangeToGather A> struct Gatherable<A> {
    using type = RangeValue<A>;
};
template <class A> using GatherableOf = Gatherable<A>::type;

template <class A>
concept TakenByGather = Runnable<GatherableOf<A>>;

/// Of futures, which stay usable, and of functions, which are copied, a variable will do.
template <class A>
inline constexpr bool left_as_it_is =
    is_future<GatherableOf<A>>::value ||
    (MakesCoro<GatherableOf<A>> && std::is_copy_constructible_v<GatherableOf<A>>);
template <class A> inline constexpr bool may_be_used_up = !std::is_lvalue_reference_v<A> || left_as_it_is<A>;

/// The result type of an argument, or of each element of a range. After a mistake, which is reported, int.
template <class A> struct GatherValue {
    using type = int;
};
template <TakenByGather A> struct GatherValue<A> {
    using type = FutureValueOf<GatherableOf<A>>;
};
template <class A> using GatherValueOf = GatherValue<A>::type;

template <class... T> inline constexpr bool all_same = true;
template <class First, class... Rest>
inline constexpr bool all_same<First, Rest...> = (std::same_as<First, Rest> && ...);

/// A list of the results as one type, as in Python, or else a tuple.
template <bool with_errors, class... A> struct GatherResult {
    using type = std::tuple<GatheredAs<GatherValueOf<A>, with_errors>...>;
};
template <bool with_errors, class First, class... Rest>
    requires(all_same<GatherValueOf<First>, GatherValueOf<Rest>...> && !RangeToGather<First> &&
             (!RangeToGather<Rest> && ...))
struct GatherResult<with_errors, First, Rest...> {
    using type = std::array<GatheredAs<GatherValueOf<First>, with_errors>, 1 + sizeof...(Rest)>;
};
template <bool with_errors, class First, class... Rest>
    requires(RangeToGather<First> || (RangeToGather<Rest> || ...))
struct GatherResult<with_errors, First, Rest...> {
    using type = std::vector<GatheredAs<GatherValueOf<First>, with_errors>>;
};
template <bool with_errors, class... A> using GatherResultOf = GatherResult<with_errors, A...>::type;

/// T: the result types of the children; of a vector's, the one that they share.
template <class Result, bool with_errors, class... T> class Gather final : public GatherBase, public Pooled {
public:
    explicit Gather(EventLoop& loop) : GatherBase(loop, with_errors) {}
    void* result_slot() noexcept override { return &result_; }

private:
    void collect(const std::vector<Ref<FutureBase>>& children) override {
        if constexpr (requires(Result& values) { values.reserve(children.size()); }) {
            Result values;
            values.reserve(children.size());
            for (const Ref<FutureBase>& child : children)
                values.push_back(gathered<T..., with_errors>(child));
            result_.emplace(std::move(values));
        } else {
            [&]<std::size_t... I>(std::index_sequence<I...>) {
                result_.emplace(Result{gathered<T, with_errors>(children[I])...});
            }(std::index_sequence_for<T...>());
        }
    }
    ResultSlot<Result> result_;
};

template <class Result, bool with_errors, class... A> struct GatherState {
    using type = Gather<Result, with_errors, GatherValueOf<A>...>;
};
template <class T, bool with_errors, class First, class... Rest>
struct GatherState<std::vector<T>, with_errors, First, Rest...> {
    using type = Gather<std::vector<T>, with_errors, GatherValueOf<First>>;
};

template <class A> void add_children(std::vector<Ref<FutureBase>>& children, A&& argument) {
    if constexpr (!RangeToGather<A>) {
        children.push_back(ensure_future(std::forward<A>(argument)).ref());
    } else {
        if constexpr (requires { std::size(argument); })
            children.reserve(children.size() + std::size(argument));
        for (auto&& element : argument) {
            if constexpr (std::is_lvalue_reference_v<A>)
                children.push_back(ensure_future(element).ref());
            else
                children.push_back(ensure_future(GatherableOf<A>(std::move(element))).ref());
        }
    }
}

template <bool with_errors, class... A>
Future<GatherResultOf<with_errors, A...>> gather_all(A&&... arguments) {
    using Result = GatherResultOf<with_errors, A...>;
    constexpr bool awaitable = (TakenByGather<A> && ...);
    static_assert(awaitable,
                  "gather() takes awaitables: calls such as f(), Tasks, Futures, functions without "
                  "parameters that return a Coro, or ranges of these");
    constexpr bool used_up = ((RangeToGather<A> || may_be_used_up<A>) && ...);
    static_assert(!awaitable || used_up,
                  "a coroutine can be awaited only once: pass the call itself, or std::move the variable");
    constexpr bool ranges_used_up = ((!RangeToGather<A> || may_be_used_up<A>) && ...);
    static_assert(!awaitable || ranges_used_up, "gather() consumes coroutines: std::move the range into it");
    constexpr bool ranges = (RangeToGather<A> || ...);
    constexpr bool one_type = !ranges || all_same<GatherValueOf<A>...>;
    static_assert(!awaitable || one_type, "gather() of ranges needs results of one type, since it gives one "
                                          "vector: let the coroutines return a std::variant");
    if constexpr (awaitable && used_up && ranges_used_up && one_type) {
        std::vector<Ref<FutureBase>> children;
        if constexpr (!ranges) children.reserve(sizeof...(A));
        (add_children(children, std::forward<A>(arguments)), ...);
        const Ref<GatherBase> state(new GatherState<Result, with_errors, A...>::type(get_running_loop()));
        GatherBase::begin(state, std::move(children));
        return Future<Result>(Ref<FutureBase>(state));
    }
    std::unreachable();
}

} // namespace detail

struct return_exceptions_t {};
/// gather(return_exceptions, ...): errors are returned as results.
inline constexpr return_exceptions_t return_exceptions{};

/// Runs awaitables concurrently: coroutines become tasks at the call, in order. A lambda that returns a
/// coroutine is passed uncalled, `gather([&]() -> Coro<> { … }, f())`: its task keeps it alive.
///
/// `co_await gather(a, b)` returns the results (std::monostate for void) once all are done: a std::array, or
/// a std::tuple if their types differ. It raises the first error immediately while the others continue.
/// Cancelling it cancels them all.
///
/// An argument may be a range, as in Python's `gather(*a, *b)`: `gather(std::move(a), f(), std::move(b))`
/// returns a std::vector. A range of tasks need not be moved.
template <class... A> Future<detail::GatherResultOf<false, A...>> gather(A&&... awaitables) {
    return detail::gather_all<false>(std::forward<A>(awaitables)...);
}

/// Returns an Outcome for each instead of raising the first error.
template <class... A>
Future<detail::GatherResultOf<true, A...>> gather(return_exceptions_t, A&&... awaitables) {
    return detail::gather_all<true>(std::forward<A>(awaitables)...);
}

} // namespace asyncio
