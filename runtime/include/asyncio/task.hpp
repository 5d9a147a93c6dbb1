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

/// What create_task() takes beside the coroutine.
struct TaskOptions {
    std::string name = {};
    /// The context to run in; unset: a copy of the creator's.
    std::optional<Context> context = {};
    /// Runs the first step at once, inside create_task(), instead of in the next turn of the loop.
    /// Unset: as the loop's task factory has it, else not.
    std::optional<bool> eager_start = {};
};

namespace detail {

/// The members that Task<T> and AnyTask share.
template <class Self> class TaskMembers {
    TaskMembers() = default;
    friend Self;

public:
    /// How often cancel() was asked for, less uncancel().
    unsigned cancelling() const { return task().cancelling(); }
    /// Takes one request back, what is left of them; at zero a cancel not yet raised is forgotten.
    unsigned uncancel() const { return task().uncancel(); }
    std::string get_name() const { return task().name(); }
    void set_name(std::string name) const { task().set_name(std::move(name)); }
    TaskState state() const { return task().task_state(); }

    /// The function of the task's coroutine, and where that is now; where it was when the task is done.
    Frame get_coro() const { return task().coroutine(); }
    /// The context the task runs in: what is set in it, the task sees.
    Context get_context() const { return Context(share_context(task().context())); }

    /// Where the task's coroutine is suspended: one frame, none when it is done. The coroutines that it
    /// awaits in turn are in capture_call_graph().
    std::vector<Frame> get_stack() const { return task().stack(); }
    /// Writes get_stack() as Python does.
    void print_stack(std::FILE* file = stdout) const { std::fputs(task().format_stack().c_str(), file); }

private:
    TaskBase& task() const { return static_cast<TaskBase&>(*static_cast<const Self*>(this)->ref()); }
};

} // namespace detail

/// A coroutine that runs on its own, beside its creator: a shared handle. The loop keeps the task
/// alive until it is done, whether or not a handle is left.
///
/// `co_await task` waits for its end and gives its result or raises its error; cancelling who awaits
/// it cancels the task. An error nobody asked for is reported when the last handle goes.
template <class T = void> class Task : public Future<T>, public detail::TaskMembers<Task<T>> {
public:
    /// Wraps the library's own representation.
    explicit Task(detail::Ref<detail::TaskBase> task)
        : Future<T>(detail::Ref<detail::FutureBase>(std::move(task))) {}

    /// As Future's, with the task as the argument.
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

/// A task whatever its result.
class AnyTask : public AnyFuture, public detail::TaskMembers<AnyTask> {
public:
    explicit AnyTask(detail::Ref<detail::TaskBase> task)
        : AnyFuture(detail::Ref<detail::FutureBase>(std::move(task))) {}
    template <class T> AnyTask(const Task<T>& task) : AnyFuture(task) {}
};

namespace detail {

template <class C> struct is_coro : std::false_type {};
template <class T> struct is_coro<Coro<T>> : std::true_type {};

/// Starts a task that was just made, or lets the loop's task factory do so.
void launch(const Ref<TaskBase>& task, TaskOptions options);

template <class T> Ref<TaskBase> spawn(EventLoop& loop, Coro<T> coro, TaskOptions options) {
    auto task = Ref<TaskBase>(new TaskWithResult<T>(loop, coro.release()));
    launch(task, std::move(options));
    return task;
}

template <class A> Coro<std::remove_cvref_t<AwaitResult<A>>> await_as_coro(A awaitable) {
    co_return co_await std::move(awaitable);
}

/// Keeps a callable and its arguments alive as long as the coroutine it makes.
template <class T, class F, class... Args> Coro<T> keep_alive(F function, Args... arguments) {
    co_return co_await std::invoke(function, std::move(arguments)...);
}

} // namespace detail

/// Schedules `coro` to run as a task of its own, from the next turn of the loop on.
template <class T> Task<T> create_task(Coro<T> coro, TaskOptions options = {}) {
    return Task<T>(detail::spawn(detail::loop_of_new_future(), std::move(coro), std::move(options)));
}
template <class T> Task<T> create_task(Coro<T> coro, std::string name) {
    return create_task(std::move(coro), TaskOptions{.name = std::move(name)});
}

/// The same for anything else that can be awaited and is no future yet, such as sleep().
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

/// A task or future needs none: await it, or give it to ensure_future().
template <class F>
    requires std::is_base_of_v<AnyFuture, F>
void create_task(const F&) {
    static_assert(!std::is_base_of_v<AnyFuture, F>,
                  "create_task() of a Task or Future: it runs already, co_await it or use ensure_future()");
}

/// Calls `function(arguments...)` for a coroutine and runs it as a task that keeps the function
/// object and copies of the arguments alive: the safe way to spawn a lambda with captures.
template <class F, class... Args>
    requires std::is_invocable_v<F&, Args...> && detail::is_coro<std::invoke_result_t<F&, Args...>>::value
auto create_task(F function, Args... arguments) {
    using T = std::invoke_result_t<F&, Args...>::value_type;
    return create_task(detail::keep_alive<T, F, Args...>(std::move(function), std::move(arguments)...));
}

/// The same, with a name or other options, for a function without arguments.
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

/// A coroutine whatever its result, on its way to become a task: what a task factory is given.
class [[nodiscard("a coroutine does nothing until it is awaited: start() it")]] AnyCoro {
public:
    explicit AnyCoro(detail::Ref<detail::TaskBase> task) : task_(std::move(task)) {}
    AnyCoro(AnyCoro&&) noexcept = default;
    AnyCoro& operator=(AnyCoro&&) = delete;
    /// Dropped without start(): reported as never awaited.
    ~AnyCoro();

    /// The coroutine's function, and where it begins.
    Frame frame() const { return task_->coroutine(); }

    /// Makes it a task, as the loop does that has no task factory.
    AnyTask start(TaskOptions options = {}) &&;

private:
    detail::Ref<detail::TaskBase> task_;
};

/// Makes the tasks of a loop; see EventLoop::set_task_factory().
using TaskFactory = std::function<AnyTask(EventLoop&, AnyCoro, TaskOptions)>;

/// A task factory whose tasks start eagerly: `loop.set_task_factory(eager_task_factory)`.
AnyTask eager_task_factory(EventLoop& loop, AnyCoro coro, TaskOptions options);
/// One that leaves the making to `constructor`, and asks it to start eagerly.
TaskFactory create_eager_task_factory(TaskFactory constructor);

/// The task that runs now; raises RuntimeError when none does, as in a callback.
AnyTask current_task();
/// The task that runs now in `loop`; nullopt when none does.
std::optional<AnyTask> current_task(const EventLoop& loop);

/// The tasks of the running loop, or of `loop`, that are not done, in the order of their creation.
std::vector<AnyTask> all_tasks();
std::vector<AnyTask> all_tasks(EventLoop& loop);

} // namespace asyncio

template <class T> struct std::hash<asyncio::Task<T>> : std::hash<asyncio::Future<T>> {};
