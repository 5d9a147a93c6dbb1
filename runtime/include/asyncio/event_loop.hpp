#pragma once

#include <asyncio/backend.hpp>
#include <asyncio/context.hpp>
#include <asyncio/detail/callback.hpp>
#include <asyncio/detail/generator_promise.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/timer_queue.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/error.hpp>
#include <asyncio/future.hpp>
#include <asyncio/handle.hpp>
#include <asyncio/task.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio {

/// What the exception handler of a loop is told.
struct ExceptionContext {
    std::string message;
    std::exception_ptr exception = {};
    /// Which task, future, callback or coroutine it is about, with its place in the source, or what to do.
    std::string source = {};
    /// That task or future itself, where there still is one.
    std::optional<AnyFuture> future = {};
};

/// Runs callbacks and the steps of tasks, one after the other, on one thread.
///
/// A turn of the loop waits for the next timer or I/O unless something is ready, moves the due
/// timers behind what is ready, then runs what was ready at that moment; what these make ready runs
/// in the next turn.
class EventLoop {
public:
    EventLoop() : EventLoop(make_default_backend()) {}
    explicit EventLoop(std::unique_ptr<Backend> backend);
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;
    ~EventLoop();

    /// Seconds on the loop's own monotonic clock.
    double time() const { return backend_->time(); }

    /// Calls `function(arguments...)` in the next turn, in the order of the calls to call_soon. It is
    /// called in a copy of the current context, or in the context given before the function.
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    Handle call_soon(F function, Args... arguments) {
        return schedule_soon(
            make_handle(detail::inherit_context(), std::move(function), std::move(arguments)...));
    }
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    Handle call_soon(const Context& context, F function, Args... arguments) {
        return schedule_soon(make_handle(context.ref(), std::move(function), std::move(arguments)...));
    }

    /// The same, `delay` from now.
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    TimerHandle call_later(Delay delay, F function, Args... arguments) {
        return call_at(time() + delay.seconds(), std::move(function), std::move(arguments)...);
    }
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    TimerHandle call_later(Delay delay, const Context& context, F function, Args... arguments) {
        return call_at(time() + delay.seconds(), context, std::move(function), std::move(arguments)...);
    }

    /// The same; `when` is on the clock of time(), in seconds.
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    TimerHandle call_at(double when, F function, Args... arguments) {
        return schedule_at(
            when, make_handle(detail::inherit_context(), std::move(function), std::move(arguments)...));
    }
    template <class F, class... Args>
        requires std::invocable<F&, Args...>
    TimerHandle call_at(double when, const Context& context, F function, Args... arguments) {
        return schedule_at(when, make_handle(context.ref(), std::move(function), std::move(arguments)...));
    }

    template <class T = void> Future<T> create_future() { return Future<T>(*this); }

    /// Schedules `coro` to run as a task of this loop, which need not run yet.
    template <class T> Task<T> create_task(Coro<T> coro, TaskOptions options = {}) {
        return Task<T>(detail::spawn(*this, std::move(coro), std::move(options)));
    }
    template <class T> Task<T> create_task(Coro<T> coro, std::string name) {
        return create_task(std::move(coro), TaskOptions{.name = std::move(name)});
    }

    /// Makes every task of this loop from now on: create_task() calls it with the coroutine and its
    /// options, and it must give the task of that coroutine. An empty function restores the default.
    void set_task_factory(TaskFactory factory) { task_factory_ = std::move(factory); }
    const TaskFactory& get_task_factory() const noexcept { return task_factory_; }

    /// Runs until stop() is called.
    void run_forever();

    /// Runs until the future is done; gives its result or raises its error. Raises RuntimeError when
    /// the loop is stopped before, or runs already.
    template <class T> T run_until_complete(Future<T> future) {
        run_until_done(future);
        return std::move(future).operator co_await().await_resume();
    }
    /// The same for a coroutine, which becomes a task.
    template <class T> T run_until_complete(Coro<T> coro) {
        return run_until_complete(static_cast<Future<T>>(create_task(std::move(coro))));
    }

    /// Closes the async generators that were started and have not ended, and waits for their cleanup;
    /// what that raises goes to the exception handler.
    Coro<> shutdown_asyncgens();

    /// Lets the current turn finish, then leaves run_forever().
    void stop() noexcept { stopping_ = true; }
    bool is_running() const noexcept { return running_; }
    bool is_closed() const noexcept { return closed_; }

    /// Drops all callbacks and pending tasks. The loop cannot be used after it.
    void close();

    bool get_debug() const noexcept { return debug_; }
    void set_debug(bool debug) noexcept { debug_ = debug; }

    /// In debug mode a callback or a task's step that takes this long, in seconds, is reported.
    double slow_callback_duration = 0.1; // NOLINT(*-magic-numbers)

    using ExceptionHandler = std::function<void(EventLoop&, const ExceptionContext&)>;
    /// Called instead of default_exception_handler; an empty function restores it.
    void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }
    const ExceptionHandler& get_exception_handler() const noexcept { return exception_handler_; }
    void call_exception_handler(const ExceptionContext& context) noexcept;
    /// Writes the context to stderr.
    void default_exception_handler(const ExceptionContext& context) noexcept;

    /// One turn of the loop.
    void run_once();

    // For a backend that cannot block and pumps the loop instead.

    /// Makes this the running loop until the program ends; `main` is what the program's end waits for.
    void detach(detail::Ref<detail::TaskBase> main);
    /// One turn without waiting. Seconds until the next timer: 0 when something is ready, nullopt
    /// when only I/O can make something ready. An error that ends the loop is kept for the end.
    std::optional<double> run_ready() noexcept;
    bool stopped() const noexcept { return stopping_; }
    /// After the last turn: raises what ended the loop, or what `main` raised.
    void finish_detached();

    Backend& backend() noexcept { return *backend_; }

    // For the library's own parts.
    void make_ready(detail::Callback& callback) noexcept { ready_.push_back(callback); }
    detail::TimerQueue& timers() noexcept { return timers_; }
    detail::IntrusiveList<detail::TaskListNode>& tasks() noexcept { return tasks_; }
    detail::IntrusiveList<detail::GeneratorPromise>& generators() noexcept { return generators_; }
    std::uint32_t next_task_number() noexcept { return ++task_count_; }
    detail::TaskBase* current_task() const noexcept {
        detail::TaskBase* task = detail::running_task;
        return task != nullptr && &task->loop() == this ? task : nullptr;
    }
    void run_until_done(const AnyFuture& future);
    void require_open() const;

private:
    template <class F, class... Args>
    detail::Ref<detail::HandleBase> make_handle(detail::ContextSlot context, F function, Args... arguments) {
        require_open();
        auto call = [function = std::move(function), ... arguments = std::move(arguments)]() mutable {
            std::invoke(function, std::move(arguments)...);
        };
        return detail::Ref<detail::HandleBase>(
            new detail::HandleWith<decltype(call)>(*this, std::move(context), std::move(call)));
    }
    static Handle schedule_soon(detail::Ref<detail::HandleBase> handle) {
        handle->schedule_soon();
        return Handle(std::move(handle));
    }
    static TimerHandle schedule_at(double when, detail::Ref<detail::HandleBase> handle) {
        handle->schedule_at(when);
        return TimerHandle(std::move(handle));
    }

    std::optional<double> time_to_next();
    [[noreturn]] void fail_deadlocked();
    void wait();
    void turn();
    void run_due();
    void run_batch();
    void run(detail::Callback& callback);
    void run_timed(detail::Callback& callback);

    detail::CallbackList ready_;
    detail::CallbackList batch_;
    detail::TimerQueue timers_;
    detail::IntrusiveList<detail::TaskListNode> tasks_;
    detail::IntrusiveList<detail::GeneratorPromise> generators_;
    std::unique_ptr<Backend> backend_;
    ExceptionHandler exception_handler_;
    TaskFactory task_factory_;
    detail::Ref<detail::TaskBase> detached_main_;
    std::exception_ptr detached_error_;
    std::uint32_t task_count_ = 0;
    int turns_to_poll_ = 0;
    bool stopping_ = false;
    bool running_ = false;
    bool closed_ = false;
    bool debug_ = false;
};

namespace detail {
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): a thread's own
extern constinit thread_local EventLoop* running_loop;
[[noreturn]] void throw_no_running_loop();

/// Whether the loop still exists: a future can outlive its loop, and then has nobody to tell.
bool is_alive(const EventLoop& loop) noexcept;
/// Writes the context to stderr.
void print_context(const ExceptionContext& context) noexcept;
} // namespace detail

/// The loop that runs now; raises RuntimeError when none does.
inline EventLoop& get_running_loop() {
    if (detail::running_loop == nullptr) detail::throw_no_running_loop();
    return *detail::running_loop;
}

/// A loop on the platform's own backend, for run_until_complete() and run_forever(). asyncio::run()
/// makes its own.
std::unique_ptr<EventLoop> new_event_loop();

/// What get_event_loop() gives on this thread while no loop runs; null: nothing.
void set_event_loop(EventLoop* loop) noexcept;
/// The loop that runs now, else the one given to set_event_loop(); raises RuntimeError when there is
/// neither.
EventLoop& get_event_loop();

/// The user asked the program to stop (SIGINT): cancels the main task of the running loop, or raises
/// KeyboardInterrupt out of run() on the second call. Does nothing when no loop runs.
void interrupt_running_loop() noexcept;

template <class T> Future<T>::Future() : Future(get_running_loop()) {}

// A turn of the loop is little more than this.
inline void detail::TaskBase::yield(std::coroutine_handle<> resume_here) {
    resume_here_ = resume_here;
    task_state_ = TaskState::ready;
    loop().make_ready(*this);
}

} // namespace asyncio
