#pragma once

#include <asyncio/async_with.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/shared.hpp>

#include <concepts>
#include <exception>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {
namespace detail {

/// One thing to do when an AsyncExitStack is left.
class StackedExit {
public:
    virtual ~StackedExit() = default;
    /// Whether the error ends here.
    virtual Coro<bool> exit(std::exception_ptr error) = 0;
};

/// The end of a context manager: M is a reference, or the manager itself, kept here.
template <class M> class StackedManager final : public StackedExit {
public:
    // NOLINTNEXTLINE(*-rvalue-reference-param-not-moved): M may be a reference
    explicit StackedManager(M&& manager) : manager_(std::forward<M>(manager)) {}
    std::remove_reference_t<M>& manager() noexcept { return manager_; }

    Coro<bool> exit(std::exception_ptr error) override {
        if constexpr (may_suppress<std::remove_reference_t<M>>) {
            co_return co_await leave(manager_, error);
        } else {
            co_await leave(manager_, error);
            co_return false;
        }
    }

private:
    M manager_;
};

template <class F> class StackedCall final : public StackedExit {
public:
    explicit StackedCall(F function) : function_(std::move(function)) {}
    Coro<bool> exit(std::exception_ptr error) override {
        if constexpr (std::same_as<MaybeAwaited<Bound>, bool> && std::invocable<F&, std::exception_ptr>) {
            co_return co_await await_if_awaitable(Bound{function_, std::move(error)});
        } else {
            co_await await_if_awaitable(Bound{function_, std::move(error)});
            co_return false;
        }
    }

private:
    struct Bound {
        F& function;
        std::exception_ptr error;
        decltype(auto) operator()() const {
            if constexpr (std::invocable<F&, std::exception_ptr>)
                return function(error);
            else
                return function();
        }
    };
    F function_;
};

/// What is on a stack, kept by who enters something or leaves it.
class ExitStackState final : public RefCounted {
public:
    void push(std::unique_ptr<StackedExit> exit) { exits_.push_back(std::move(exit)); }
    void take_from(ExitStackState& other) noexcept { exits_.swap(other.exits_); }

    template <class M>
    static Coro<std::conditional_t<std::is_void_v<Entered<std::remove_reference_t<M>>>,
                                   std::remove_reference_t<M>&, Entered<std::remove_reference_t<M>>>>
    enter(Ref<ExitStackState> self, std::unique_ptr<StackedManager<M>> kept) {
        auto& manager = kept->manager();
        if constexpr (std::is_void_v<Entered<std::remove_reference_t<M>>>) {
            co_await detail::enter(manager);
            self->push(std::move(kept));
            co_return manager;
        } else {
            Entered<std::remove_reference_t<M>> entered = co_await detail::enter(manager);
            self->push(std::move(kept));
            co_return std::forward<decltype(entered)>(entered);
        }
    }

    static Coro<bool> exit(Ref<ExitStackState> self, std::exception_ptr error);

private:
    std::vector<std::unique_ptr<StackedExit>> exits_;
};

} // namespace detail

/// Context managers and callbacks, as many as a program comes to have, left together in reverse order:
/// `co_await async_with(AsyncExitStack{}, [&](AsyncExitStack& stack) -> Coro<> { ... })`.
///
/// Each sees the error that those left before it made or let pass, and one that gives true ends it. It lives
/// on for those who enter something or leave it, when the object itself goes, or moves.
class AsyncExitStack : public detail::SharesState {
public:
    AsyncExitStack() : state_(detail::make_shared_state<detail::ExitStackState>()) {}
    AsyncExitStack(AsyncExitStack&&) noexcept = default;
    AsyncExitStack& operator=(AsyncExitStack&&) noexcept = default;
    ~AsyncExitStack() = default;

    /// Enters a context manager, to be left with the stack; gives what its aenter() gives, or the manager
    /// where that gives nothing. An rvalue is kept alive by the stack, an lvalue must outlive it.
    template <class M> auto enter_async_context(M&& manager) {
        using Kept = detail::KeptManager<M>;
        return detail::ExitStackState::enter<Kept>(
            state_.ref(), std::make_unique<detail::StackedManager<Kept>>(detail::keep_manager<M>(manager)));
    }

    /// Leaves a context manager that was entered elsewhere.
    template <class M>
        requires requires(M& manager, std::exception_ptr error) { manager.aexit(error); }
    void push_async_exit(M&& manager) {
        using Kept = detail::KeptManager<M>;
        state_->push(std::make_unique<detail::StackedManager<Kept>>(detail::keep_manager<M>(manager)));
    }
    /// Calls `function(error)`, error being null in peace, and awaits what it gives if that can be awaited;
    /// true ends the error.
    template <std::invocable<std::exception_ptr> F> void push_async_exit(F function) {
        state_->push(std::make_unique<detail::StackedCall<F>>(std::move(function)));
    }

    /// Calls `function(arguments...)` for a coroutine and awaits it.
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    void push_async_callback(F function, Args... arguments) {
        callback(std::move(function), std::move(arguments)...);
    }
    /// Calls `function(arguments...)`.
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    void callback(F function, Args... arguments) {
        auto call = [function = std::move(function), ... arguments = std::move(arguments)]() mutable {
            return std::invoke(function, std::move(arguments)...);
        };
        state_->push(std::make_unique<detail::StackedCall<decltype(call)>>(std::move(call)));
    }

    /// Hands everything over to a new stack; this one is empty then.
    AsyncExitStack pop_all() {
        AsyncExitStack other;
        other.state_->take_from(*state_);
        return other;
    }

    /// Leaves everything now.
    Coro<> aclose() { return close(state_.ref()); }

    void aenter() const { (void)state_.ref(); }
    Coro<bool> aexit(std::exception_ptr error) {
        return detail::ExitStackState::exit(state_.ref(), std::move(error));
    }

private:
    friend detail::Sharing;
    AsyncExitStack(const AsyncExitStack&) = default;
    static Coro<> close(detail::Ref<detail::ExitStackState> state);

    detail::Shared<detail::ExitStackState> state_;
};

} // namespace asyncio
