#pragma once

#include <asyncio/context.hpp>
#include <asyncio/coro.hpp>
#include <asyncio/detail/task_base.hpp>
#include <asyncio/frame.hpp>
#include <asyncio/future.hpp>

#include <cstdio>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {

/// The options of create_task().
struct TaskOptions {
    std::string name = {};
    /// The context to run in; unset: a copy of the creator's context.
    std::optional<Context> context = {};
    /// Runs the first step immediately, inside create_task(), instead of in the next turn of the loop. Unset:
    /// as the loop's task factory decides; without one, false.
    std::optional<bool> eager_start = {};
};

namespace detail {

/// The members that Task<T> and AnyTask share.
template <class Self> class TaskMembers {
    TaskMembers() = default;
    friend Self;

public:
    /// The number of cancel() requests minus the number of uncancel() calls.
    unsigned cancelling() const { return task().cancelling(); }
    /// Withdraws one request and returns the number left; at zero, a cancel that has not been raised yet is
    /// dropped.
    unsigned uncancel() const { return task().uncancel(); }
    std::string get_name() const { return task().name(); }
    void set_name(std::string name) const { task().set_name(std::move(name)); }
    TaskState state() const { return task().task_state(); }

    /// The function and the current line of the task's coroutine; its last line if the task is done.
    Frame get_coro() const { return task().coroutine(); }
    /// The context in which the task runs: values set in it are visible to the task.
    Context get_context() const { return Context(share_context(task().context())); }

    /// Where the task's coroutine is suspended: one frame, or none if it is done. capture_call_graph() also
    /// returns the coroutines that it awaits.
    std::vector<Frame> get_stack() const { return task().stack(); }
    /// Writes get_stack() in Python's format.
    void print_stack(std::FILE* file = stdout) const { std::fputs(task().format_stack().c_str(), file); }

private:
    TaskBase& task() const { return static_cast<TaskBase&>(*static_cast<const Self*>(this)->ref()); }
};

} // namespace detail

/// A coroutine that runs concurrently with its creator: a shared handle. The loop keeps the task alive until
/// it is done, whether or not a handle is left.
///
/// `co_await task` waits for its end and returns its result or raises its error; cancelling the awaiting task
/// cancels it. An error that was never retrieved is reported when the last handle is destroyed.
template <class T = void> class Task : public Future<T>, public detail::TaskMembers<Task<T>> {
public:
    /// Wraps an internal representation.
    explicit Task(detail::Ref<detail::TaskBase> task)
        : Future<T>(detail::Ref<detail::FutureBase>(std::move(task))) {}

    /// As Future's, but the task is the argument.
    template <class F>
    DoneCallbackId add_done_callback(F function, std::optional<Context> context = {}) const {
        if constexpr (std::is_invocable_v<F&, Task>)
            return Future<T>::add_done_callback(
                [function = std::move(function)](const Future<T>& done) mutable {
                    function(Task(detail::Ref(done.ref()->as_task())));
                },
                std::move(context));
        else
            return Future<T>::add_done_callback(std::move(function), std::move(context));
    }
};

/// A task of any result type.
class AnyTask : public AnyFuture, public detail::TaskMembers<AnyTask> {
public:
    explicit AnyTask(detail::Ref<detail::TaskBase> task)
        : AnyFuture(detail::Ref<detail::FutureBase>(std::move(task))) {}
    template <class T> AnyTask(const Task<T>& task) : AnyFuture(task) {}
};

namespace detail {

template <class C> struct is_coro : std::false_type {};
template <class T> struct is_coro<Coro<T>> : std::true_type {};

/// Starts a newly created task, or lets the loop's task factory do so.
void launch(const Ref<TaskBase>& task, TaskOptions options);

template <class T> Ref<TaskBase> spawn(EventLoop& loop, Coro<T> coro, TaskOptions options) {
    auto task = Ref<TaskBase>(new TaskWithResult<T>(loop, coro.release()));
    launch(task, std::move(options));
    return task;
}

template <class A> Coro<std::remove_cvref_t<AwaitResult<A>>> await_as_coro(A awaitable) {
    co_return co_await std::move(awaitable);
}

/// Keeps a callable and its arguments alive as long as the coroutine that it returns.
template <class T, class F, class... Args> Coro<T> keep_alive(F function, Args... arguments) {
    co_return co_await std::invoke(function, std::move(arguments)...);
}

} // namespace detail

/// Schedules `coro` to run as a separate task, starting with the next turn of the loop.
template <class T> Task<T> create_task(Coro<T> coro, TaskOptions options = {}) {
    return Task<T>(detail::spawn(detail::loop_of_new_future(), std::move(coro), std::move(options)));
}
template <class T> Task<T> create_task(Coro<T> coro, std::string name) {
    return create_task(std::move(coro), TaskOptions{.name = std::move(name)});
}

/// The same for any other awaitable that is not a future, such as sleep().
template <class A>
    requires(detail::Awaitable<A> && !detail::is_coro<A>::value && !std::is_base_of_v<AnyFuture, A>)
auto create_task(A awaitable, TaskOptions options = {}) {
    return create_task(detail::await_as_coro<A>(std::move(awaitable)), std::move(options));
}
template <class A>
    requires(detail::Awaitable<A> && !detail::is_coro<A>::value && !std::is_base_of_v<AnyFuture, A>)
auto create_task(A awaitable, std::string name) {
    return create_task(std::move(awaitable), TaskOptions{.name = std::move(name)});
}

/// Deleted for a task or future: await it, or pass it to ensure_future().
template <class F>
    requires std::is_base_of_v<AnyFuture, F>
void create_task(const F&) {
    static_assert(
        !std::is_base_of_v<AnyFuture, F>,
        "create_task() of a Task or Future: it is already scheduled, so co_await it or use ensure_future()");
}

/// Calls `function(arguments...)`, which returns a coroutine, and runs that as a task that keeps the function
/// object and copies of the arguments alive: the safe way to spawn a lambda with captures.
template <class F, class... Args>
    requires std::is_invocable_v<F&, Args...> && detail::is_coro<std::invoke_result_t<F&, Args...>>::value
auto create_task(F function, Args... arguments) {
    using T = std::invoke_result_t<F&, Args...>::value_type;
    return create_task(detail::keep_alive<T, F, Args...>(std::move(function), std::move(arguments)...));
}

/// The same, with a name or other options, for a function without parameters.
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

/// A coroutine of any result type that is about to become a task: the argument of a task factory.
class [[nodiscard("a coroutine does nothing until it is awaited: start() it")]] AnyCoro {
public:
    explicit AnyCoro(detail::Ref<detail::TaskBase> task) : task_(std::move(task)) {}
    AnyCoro(AnyCoro&&) noexcept = default;
    AnyCoro& operator=(AnyCoro&&) = delete;
    /// If destroyed without start(), it is reported as never awaited.
    ~AnyCoro();

    /// The coroutine's function, and where it starts.
    Frame frame() const { return task_->coroutine(); }

    /// Makes it a task, like a loop without a task factory.
    AnyTask start(TaskOptions options = {}) &&;

private:
    detail::Ref<detail::TaskBase> task_;
};

/// Creates the tasks of a loop; see EventLoop::set_task_factory().
using TaskFactory = std::function<AnyTask(EventLoop&, AnyCoro, TaskOptions)>;

/// A task factory whose tasks start eagerly: `loop.set_task_factory(eager_task_factory)`.
AnyTask eager_task_factory(EventLoop& loop, AnyCoro coro, TaskOptions options);
/// A factory that creates tasks with `constructor`, and requests an eager start.
TaskFactory create_eager_task_factory(TaskFactory constructor);

/// The running task; raises RuntimeError if there is none, as in a callback.
AnyTask current_task();
/// The running task of `loop`; nullopt if there is none.
std::optional<AnyTask> current_task(const EventLoop& loop);

/// The tasks of the running loop, or of `loop`, that are not done, in order of creation.
std::vector<AnyTask> all_tasks();
std::vector<AnyTask> all_tasks(EventLoop& loop);

} // namespace asyncio

template <class T> struct std::hash<asyncio::Task<T>> : std::hash<asyncio::AnyFuture> {};
template <> struct std::hash<asyncio::AnyTask> : std::hash<asyncio::AnyFuture> {};
