#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/task_group_state.hpp>
#include <asyncio/task.hpp>

#include <exception>
#include <string>
#include <utility>

namespace asyncio {

/// Tasks that end together: async_with(TaskGroup{}, body) waits for them all.
///
/// The first that fails, or a body that raises, cancels the others, in the order of their creation;
/// once they have ended, the errors are raised as an ExceptionGroup; a KeyboardInterrupt among them is raised
/// itself. Cancelling the task that is in the body, or waits for the end, cancels them too.
class TaskGroup : public detail::SharesState {
public:
    TaskGroup() : state_(detail::make_shared_state<detail::TaskGroupState>()) {}
    TaskGroup(TaskGroup&&) noexcept = default;
    TaskGroup& operator=(TaskGroup&&) noexcept = default;
    ~TaskGroup() = default;

    /// Spawns a member. Raises RuntimeError before the body, after the end, and once the group is
    /// shutting down.
    template <class T> Task<T> create_task(Coro<T> coro, TaskOptions options = {}) {
        // Its first step may run here, and this may go or move in it.
        detail::Shared<detail::TaskGroupState> state = state_;
        try {
            state->require_open();
        } catch (...) {
            coro.close(); // refused, not forgotten: no "never awaited"
            throw;
        }
        Task<T> task = asyncio::create_task(std::move(coro), std::move(options));
        state->add(task);
        return task;
    }
    template <class T> Task<T> create_task(Coro<T> coro, std::string name) {
        return create_task(std::move(coro), TaskOptions{.name = std::move(name)});
    }
    /// Keeps the callable and its arguments alive as long as the task.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...> && detail::is_coro<std::invoke_result_t<F&, Args...>>::value
    auto create_task(F function, Args... arguments) {
        using T = std::invoke_result_t<F&, Args...>::value_type;
        return create_task(detail::keep_alive<T, F, Args...>(std::move(function), std::move(arguments)...));
    }

    template <class F>
        requires std::is_invocable_v<F&> && detail::is_coro<std::invoke_result_t<F&>>::value
    auto create_task(F function, TaskOptions options) {
        using T = std::invoke_result_t<F&>::value_type;
        return create_task(detail::keep_alive<T, F>(std::move(function)), std::move(options));
    }
    template <class F>
        requires std::is_invocable_v<F&> && detail::is_coro<std::invoke_result_t<F&>>::value
    auto create_task(F function, std::string name) {
        return create_task(std::move(function), TaskOptions{.name = std::move(name)});
    }

    /// Ends the group early, and well: cancels its members and its body, and async_with() then raises no
    /// CancelledError for it, only the errors of members, a cancel that came from elsewhere, and RuntimeError
    /// where the body was to give a value. A group that is not entered yet is cancelled when it is. Nothing happens
    /// once it has ended. As in CPython 3.15.
    void cancel() { state_->cancel(); }

    /// Raises RuntimeError when the group was entered before.
    void aenter() { state_->enter(); }
    /// True: the error is suppressed, for it is cancel()'s.
    Coro<bool> aexit(std::exception_ptr error) {
        return detail::TaskGroupState::exit(state_.ref(), std::move(error));
    }
    /// What async_with() raises when the group was cancelled before its body gave a value.
    [[noreturn]] static void raise_without_value();

private:
    friend detail::Sharing;
    TaskGroup(const TaskGroup&) = default;
    detail::Shared<detail::TaskGroupState> state_;
};

} // namespace asyncio
