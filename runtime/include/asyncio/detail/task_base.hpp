#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/future_base.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/frame.hpp>

#include <coroutine>
#include <cstdint>
#include <memory>
#include <source_location>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {

/// The state of a task.
enum class TaskState : std::uint8_t { created, ready, running, suspended, done };
const char* to_string(TaskState state) noexcept;

namespace detail {

/// Makes a task a member of its loop's list of tasks.
class TaskListNode : public ListNode {
public:
    TaskBase& task() noexcept;
};

/// A task of any result type: a future that completes itself by stepping its coroutine.
///
/// As a Callback, the task is its own next step, so making it ready does not allocate.
class TaskBase : public FutureBase, public Callback, public TaskListNode {
public:
    TaskBase(EventLoop& loop, std::coroutine_handle<> root, PromiseBase& promise);
    ~TaskBase() override;

    /// Makes the first step ready.
    void start();
    /// Runs the first step now, inside the task that is running, if any.
    void start_eagerly();

    bool cancel(const std::string* message = nullptr) override;
    std::string describe_source() const override;
    unsigned cancelling() const noexcept { return cancel_requests_; }
    unsigned uncancel() noexcept;

    std::string name() const;
    void set_name(std::string name);
    TaskState task_state() const noexcept { return task_state_; }
    /// The program's innermost co_await, in the task's coroutine or in one that it awaits; its last one if
    /// the task is done.
    std::source_location where() const;
    /// The coroutine of which the task was made: the outermost one that belongs to the program.
    Frame coroutine() const;
    /// The same while the task is not done.
    std::vector<Frame> stack() const;
    std::string format_stack() const;
    /// The coroutine that resumes with the task, or is running in it; null if the task is done.
    const PromiseBase* innermost() const noexcept;
    /// The coroutine of which the task was made; null if the task is done.
    const PromiseBase* root() const noexcept { return root_ ? promise_ : nullptr; }
    /// The future that the task waits for, or null.
    FutureBase* waits_for() const noexcept { return waits_for_; }

    TaskBase* as_task() noexcept override { return this; }
    FutureBase* awaiter() noexcept override { return this; }
    void made_ready_by(FutureBase& future) noexcept override;
    AwaitedThing awaited_thing() override;

    /// The context in which it runs. It can be replaced before the first step.
    ContextSlot& context() noexcept { return context_; }

    /// Unique among the tasks of this thread, from 1.
    std::uint32_t id() const noexcept { return id_; }
    /// Unique among the tasks of its loop: part of the default name.
    std::uint32_t number() const noexcept { return number_; }
    /// Whether its first step has begun.
    bool entered() const noexcept { return entered_; }
    bool has_own_name() const noexcept { return name_ != nullptr; }
    /// The number of steps since the last call.
    std::uint32_t take_steps() noexcept { return std::exchange(steps_, 0); }
    /// Whether this was called before.
    bool take_coroutine_told() noexcept { return std::exchange(coroutine_told_, true); }

    /// The loop is being destroyed, and the awaited future may be destroyed first: from now on the task waits
    /// for nothing and cannot be cancelled. Returns its representation, for reports.
    std::string give_up_waiting();
    /// Afterwards: reports the task, which was `repr`, and destroys its coroutine.
    void abandon(std::string repr) noexcept;

    // For awaiters.

    /// Suspends until `future` is done.
    void wait_for(FutureBase& future, std::coroutine_handle<> resume_here);
    /// Suspends until resume_soon().
    void suspend(std::coroutine_handle<> resume_here) noexcept;
    /// The task was not suspended after all.
    void go_on() noexcept { task_state_ = TaskState::running; }
    /// Makes its next step ready.
    void resume_soon() noexcept;
    /// Suspends until the next turn of the loop.
    void yield(std::coroutine_handle<> resume_here);
    /// Whether cancel() left a CancelledError for the next step.
    bool must_cancel() const noexcept { return must_cancel_; }
    void forget_cancel() noexcept { must_cancel_ = false; }
    /// Raises it.
    void throw_if_must_cancel() {
        if (must_cancel_) throw_cancelled();
    }

    void run() final;
    void drop() noexcept final {}

protected:
    PromiseBase& promise() const noexcept { return *promise_; }
    /// Moves the coroutine's result out of its promise, into the task.
    virtual void take_result() = 0;

private:
    void step();
    void finish();
    bool pass_cancel_on(const std::string* message);
    [[noreturn]] void throw_cancelled();
    void destroy_coroutine() noexcept;

    std::coroutine_handle<> root_;
    std::coroutine_handle<> resume_here_;
    PromiseBase* promise_;
    PromiseBase* innermost_; // while it is suspended
    FutureBase* waits_for_ = nullptr;
    std::source_location where_;
    ContextSlot context_;
    std::unique_ptr<std::string> name_;
    std::uint32_t number_;
    std::uint32_t id_;
    std::uint32_t steps_ = 0;
    std::uint16_t cancel_requests_ = 0;
    TaskState task_state_ = TaskState::created;
    bool must_cancel_ = false;
    bool entered_ = false;
    bool passing_cancel_on_ = false;
    bool coroutine_told_ = false;
    bool abandoned_ = false;
};

template <class T> class TaskWithResult final : public TaskBase, public Pooled {
public:
    TaskWithResult(EventLoop& loop, std::coroutine_handle<Promise<T>> coroutine)
        : TaskBase(loop, coroutine, coroutine.promise()) {}

    void* result_slot() noexcept override { return &result_; }

private:
    void take_result() override {
        auto& promise = static_cast<Promise<T>&>(this->promise());
        if constexpr (!std::is_void_v<T>) result_.emplace(std::forward<T>(promise.result().get()));
    }

    ResultSlot<T> result_;
};

inline TaskBase& TaskListNode::task() noexcept { return static_cast<TaskBase&>(*this); }

/// The task whose step is running on this thread; null if there is none.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
extern constinit thread_local TaskBase* running_task;
[[noreturn]] void throw_no_running_task();

/// The number of tasks created on this thread.
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
extern constinit thread_local std::uint32_t tasks_made;

/// The task that is running on this thread; raises RuntimeError if there is none.
inline TaskBase& require_current_task() {
    if (running_task == nullptr) [[unlikely]]
        throw_no_running_task();
    return *running_task;
}

} // namespace detail
} // namespace asyncio
