#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/shared.hpp>
#include <asyncio/detail/task_group_state.hpp>
#include <asyncio/task.hpp>

#include <exception>
#include <string>
#include <utility>

namespace asyncio {

/// A group of tasks that end together: async_with(TaskGroup{}, body) waits for all of them.
///
/// If a member fails or the body raises, the others are cancelled, in order of creation. Once they have
/// ended, the errors are raised as an ExceptionGroup; if one is a KeyboardInterrupt, that is raised instead.
/// Cancelling the task that runs the body, or waits for the end, cancels the members too.
class TaskGroup : public detail::SharesState {
public:
    TaskGroup() : state_(detail::make_shared_state<detail::TaskGroupState>()) {}
    TaskGroup(TaskGroup&&) noexcept = default;
    TaskGroup& operator=(TaskGroup&&) noexcept = default;
    ~TaskGroup() = default;

    /// Spawns a member. Raises RuntimeError before the body, after the end, and once the group is shutting
    /// down.
    template <class T> Task<T> create_task(Coro<T> coro, TaskOptions options = {}) {
        // The member's first step may run here, and may destroy or move this group.
        detail::Shared<detail::TaskGroupState> state = state_;
        try {
            state->require_open();
        } catch (...) {
            coro.close(); // rejected, so do not report it as "never awaited"
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

    /// Ends the group early without an error: cancels its members and its body. async_with() does not raise
    /// the resulting CancelledError; it raises only errors of members, a cancel from elsewhere, and
    /// RuntimeError if the body should have returned a value. If the group has not been entered, it is
    /// cancelled on entry. Has no effect once the group has ended. As in CPython 3.15.
    void cancel() { state_->cancel(); }

    /// Raises RuntimeError if the group was already entered.
    void aenter() { state_->enter(); }
    /// Returns true, which suppresses the error, if the error comes from cancel().
    Coro<bool> aexit(std::exception_ptr error) {
        return detail::TaskGroupState::exit(state_.ref(), std::move(error));
    }
    /// Raises the error of async_with() for a group that was cancelled before its body returned a value.
    [[noreturn]] static void raise_without_value();

private:
    friend detail::Sharing;
    TaskGroup(const TaskGroup&) = default;
    detail::Shared<detail::TaskGroupState> state_;
};

} // namespace asyncio
