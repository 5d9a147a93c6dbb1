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

/// One action to run when an AsyncExitStack exits.
class StackedExit {
public:
    virtual ~StackedExit() = default;
    /// Returns whether the error is suppressed.
    virtual Coro<bool> exit(std::exception_ptr error) = 0;
};

/// The exit of a context manager: M is a reference, or the manager itself, which is stored here.
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

/// The entries of a stack, owned jointly by the stack and the operations in progress on it.
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

/// A dynamic number of context managers and callbacks, exited together in reverse order: `co_await
/// async_with(AsyncExitStack{}, [&](AsyncExitStack& stack) -> Coro<> { ... })`.
///
/// Each exit receives the error that the exits before it raised or did not suppress; one that returns true
/// suppresses it. The state outlives the object: destroying or moving the object does not affect an operation
/// in progress.
class AsyncExitStack : public detail::SharesState {
public:
    AsyncExitStack() : state_(detail::make_shared_state<detail::ExitStackState>()) {}
    AsyncExitStack(AsyncExitStack&&) noexcept = default;
    AsyncExitStack& operator=(AsyncExitStack&&) noexcept = default;
    ~AsyncExitStack() = default;

    /// Enters a context manager, to be exited with the stack; returns the result of its aenter(), or the
    /// manager if that returns void. The stack keeps an rvalue alive; an lvalue must outlive the stack.
    template <class M> auto enter_async_context(M&& manager) {
        using Kept = detail::KeptManager<M>;
        return detail::ExitStackState::enter<Kept>(
            state_.ref(), std::make_unique<detail::StackedManager<Kept>>(detail::keep_manager<M>(manager)));
    }

    /// Exits a context manager that was entered elsewhere.
    template <class M>
        requires requires(M& manager, std::exception_ptr error) { manager.aexit(error); }
    void push_async_exit(M&& manager) {
        using Kept = detail::KeptManager<M>;
        state_->push(std::make_unique<detail::StackedManager<Kept>>(detail::keep_manager<M>(manager)));
    }
    /// Calls `function(error)`, where error is null if there is none, and awaits the result if it is
    /// awaitable; true suppresses the error.
    template <std::invocable<std::exception_ptr> F> void push_async_exit(F function) {
        state_->push(std::make_unique<detail::StackedCall<F>>(std::move(function)));
    }

    /// Calls `function(arguments...)`, which returns a coroutine, and awaits that.
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

    /// Moves all entries to a new stack; this one is empty afterwards.
    AsyncExitStack pop_all() {
        AsyncExitStack other;
        other.state_->take_from(*state_);
        return other;
    }

    /// Exits all entries now.
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
