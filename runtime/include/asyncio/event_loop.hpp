#pragma once

#include <asyncio/backend.hpp>
#include <asyncio/context.hpp>
#include <asyncio/detail/callback.hpp>
#include <asyncio/detail/generator_promise.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/timer_queue.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/ensure_future.hpp>
#include <asyncio/error.hpp>
#include <asyncio/future.hpp>
#include <asyncio/handle.hpp>
#include <asyncio/task.hpp>
#include <asyncio/thread_pool_executor.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio {

namespace detail {
class CallbackObserver;
class Inbox;
class Order;
} // namespace detail

/// The argument of a loop's exception handler.
struct ExceptionContext {
    std::string message;
    std::exception_ptr exception = {};
    /// The task, future, callback or coroutine concerned, with its source location, or what to do.
    std::string source = {};
    /// That task or future, if it still exists.
    std::optional<AnyFuture> future = {};
};

/// Runs callbacks and the steps of tasks, one at a time, on one thread.
///
/// A turn of the loop waits for the next timer or I/O unless something is ready, appends the due timers to
/// the ready queue, then runs what is in the queue at that moment; what becomes ready meanwhile runs in the
/// next turn.
class EventLoop {
public:
    EventLoop() : EventLoop(make_default_backend()) {}
    explicit EventLoop(std::unique_ptr<Backend> backend);
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;
    ~EventLoop();

    /// Seconds on the loop's monotonic clock.
    double time() const { return backend_->time(); }

    /// Calls `function(arguments...)` in the next turn; callbacks run in the order of the calls to call_soon.
    /// It runs in a copy of the current context, or in the context passed before the function.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    Handle call_soon(F function, Args... arguments) {
        return schedule_soon(
            make_handle(detail::inherit_context(), std::move(function), std::move(arguments)...));
    }
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    Handle call_soon(const Context& context, F function, Args... arguments) {
        return schedule_soon(make_handle(context.ref(), std::move(function), std::move(arguments)...));
    }

    /// The same, `delay` from now.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    TimerHandle call_later(Delay delay, F function, Args... arguments) {
        return call_at(time() + delay.seconds(), std::move(function), std::move(arguments)...);
    }
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    TimerHandle call_later(Delay delay, const Context& context, F function, Args... arguments) {
        return call_at(time() + delay.seconds(), context, std::move(function), std::move(arguments)...);
    }

    /// The same at an absolute time: `when` is on the clock of time(), in seconds.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    TimerHandle call_at(double when, F function, Args... arguments) {
        return schedule_at(
            when, make_handle(detail::inherit_context(), std::move(function), std::move(arguments)...));
    }
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    TimerHandle call_at(double when, const Context& context, F function, Args... arguments) {
        return schedule_at(when, make_handle(context.ref(), std::move(function), std::move(arguments)...));
    }

    /// call_soon() for other threads, the only member of a loop that they may call: wakes the loop if it is
    /// waiting. The function is moved to the loop's thread with everything it owns, and is called and
    /// destroyed there. A future or task that it completes must be moved into it, since handles to the same
    /// future must not be copied on two threads. It is called in a copy of the calling thread's context.
    /// Raises RuntimeError if the loop is closed.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    ThreadsafeHandle call_soon_threadsafe(F function, Args... arguments) {
        auto cancelled = std::make_shared<std::atomic<bool>>(false);
        auto call = [cancelled, function = std::move(function),
                     ... arguments = std::move(arguments)]() mutable {
            if (!*cancelled) std::invoke(function, std::move(arguments)...);
        };
        put_threadsafe(detail::Ref<detail::HandleBase>(
            new detail::HandleWith<decltype(call)>(*this, detail::unshared_context(), std::move(call))));
        return ThreadsafeHandle(std::move(cancelled));
    }

    /// Calls `function(arguments...)` on a thread of `executor`, or of the loop's default executor if that is
    /// null; the future gets its result or error. The function and its arguments are moved to the thread.
    /// Cancelling the future prevents work from starting, but does not stop work that is running: the thread
    /// continues, and its result is discarded.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    auto run_in_executor(ThreadPoolExecutor* executor, F function, Args... arguments)
        -> Future<detail::WorkResult<F, Args...>>;
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args...>
    auto run_in_executor(ThreadPoolExecutor& executor, F function, Args... arguments) {
        return run_in_executor(&executor, std::move(function), std::move(arguments)...);
    }

    /// Sets the executor that to_thread() uses, and run_in_executor() for a null pointer. If none is set, the
    /// loop creates one when it is first needed.
    void set_default_executor(std::shared_ptr<ThreadPoolExecutor> executor);
    /// Waits until the default executor has completed all submitted work; it accepts no more from then on.
    /// asyncio::run() does this at its end. If `timeout` passes first, that is reported to the exception
    /// handler, and closing the loop waits for the rest.
    Coro<> shutdown_default_executor(MaybeDelay timeout = {});

    /// Calls `function(arguments...)` from the loop, in the next turn, each time the process receives the
    /// signal: SIGINT (also raised by Stop in the page), or SIGTERM and others, which do not exist in a page.
    /// The signal then has no other effect: without a handler a SIGINT cancels run()'s main task. While there
    /// is a handler, a loop that waits for nothing else is not in a deadlock. Replaces an earlier handler.
    /// Raises ValueError for an invalid signal number, RuntimeError for a signal that cannot be caught.
    template <class F, class... Args>
        requires std::is_invocable_v<F&, Args&...>
    void add_signal_handler(int signal, F function, Args... arguments) {
        auto call = std::make_shared<std::tuple<F, Args...>>(std::move(function), std::move(arguments)...);
        set_signal_handler(signal, [call = std::move(call)] {
            std::apply([](F& called, Args&... with) { std::invoke(called, with...); }, *call);
        });
    }
    /// Returns false if there was none.
    bool remove_signal_handler(int signal);

    template <class T = void> Future<T> create_future() { return Future<T>(*this); }

    /// Schedules `coro` to run as a task of this loop, which need not be running yet.
    template <class T> Task<T> create_task(Coro<T> coro, TaskOptions options = {}) {
        return Task<T>(detail::spawn(*this, std::move(coro), std::move(options)));
    }
    template <class T> Task<T> create_task(Coro<T> coro, std::string name) {
        return create_task(std::move(coro), TaskOptions{.name = std::move(name)});
    }

    /// The same for any other awaitable that is not a future, and for a function that returns a coroutine,
    /// which the task keeps alive.
    template <class A>
        requires detail::NeedsCoro<A>
    auto create_task(A awaitable, TaskOptions options = {}) {
        return create_task(detail::coro_of(std::move(awaitable)), std::move(options));
    }
    template <class A>
        requires detail::NeedsCoro<A>
    auto create_task(A awaitable, std::string name) {
        return create_task(std::move(awaitable), TaskOptions{.name = std::move(name)});
    }

    /// The factory creates all tasks of this loop from now on: create_task() calls it with the coroutine and
    /// its options, and it must return the task of that coroutine. An empty function restores the default.
    void set_task_factory(TaskFactory factory) { task_factory_ = std::move(factory); }
    const TaskFactory& get_task_factory() const noexcept { return task_factory_; }

    /// Runs until stop() is called.
    void run_forever();

    /// Runs until the future is done; returns its result or raises its error. Raises RuntimeError if the loop
    /// is stopped first, or is already running.
    template <class T> T run_until_complete(Future<T> future) {
        run_until_done(future);
        return std::move(future).operator co_await().await_resume();
    }
    void run_until_complete(const AnyFuture& future) {
        run_until_done(future);
        future.operator co_await().await_resume();
    }
    /// The same for a coroutine, any other awaitable, or a function that returns a coroutine, which becomes a
    /// task.
    template <class T> T run_until_complete(Coro<T> coro) {
        return run_until_complete(static_cast<Future<T>>(create_task(std::move(coro))));
    }
    template <class A>
        requires detail::NeedsCoro<A>
    auto run_until_complete(A awaitable) {
        return run_until_complete(detail::coro_of(std::move(awaitable)));
    }

    /// Closes the async generators that were started and have not ended, and waits for their cleanup; errors
    /// of the cleanup go to the exception handler.
    Coro<> shutdown_asyncgens();

    /// Makes run_forever() return after the current turn.
    void stop() noexcept { stopping_ = true; }
    bool is_running() const noexcept { return running_; }
    bool is_closed() const noexcept { return closed_; }

    /// Drops all callbacks and pending tasks. The loop cannot be used afterwards.
    void close();

    bool get_debug() const noexcept { return debug_; }
    void set_debug(bool debug) noexcept {
        debug_ = debug;
        look_at_callbacks();
    }

    /// From now on shuffles, by this seed, the order of everything that asyncio leaves unordered, to expose
    /// wrong assumptions of a program: which of the tasks that are ready in one turn runs first, which of the
    /// call_at() callbacks that are due at the same time, and the order of the results of wait() and
    /// all_tasks(). Guarantees are kept: call_soon() calls in order, and Lock, Semaphore and Queue serve
    /// waiters in FIFO order. On a virtual clock the same seed gives the same run.
    void shuffle(std::uint32_t seed);

    /// In debug mode, a callback or a step of a task that takes at least this long, in seconds, is reported.
    double slow_callback_duration = 0.1; // NOLINT(*-magic-numbers)

    using ExceptionHandler = std::function<void(EventLoop&, const ExceptionContext&)>;
    /// The handler is called instead of default_exception_handler(); an empty function restores the default.
    void set_exception_handler(ExceptionHandler handler) { exception_handler_ = std::move(handler); }
    const ExceptionHandler& get_exception_handler() const noexcept { return exception_handler_; }
    void call_exception_handler(const ExceptionContext& context) noexcept;
    /// Writes the context to stderr.
    void default_exception_handler(const ExceptionContext& context) noexcept;

    /// One turn of the loop.
    void run_once();

    // For a backend that cannot block and drives the loop instead.

    /// Makes this the running loop until the program ends; the program ends when `main` is done.
    void detach(detail::Ref<detail::TaskBase> main);
    /// One turn without waiting. Returns the seconds until the next timer: 0 if something is ready, nullopt
    /// if only I/O can make something ready. An error that ends the loop is stored for finish_detached().
    std::optional<double> run_ready() noexcept;
    bool stopped() const noexcept { return stopping_; }
    /// After the last turn: raises the error that ended the loop, or that of `main`.
    void finish_detached();

    Backend& backend() noexcept { return *backend_; }

    /// Called by the backend for a signal: calls its handler in the next turn, or handles a SIGINT as run()
    /// does.
    void deliver_signal(int signal);

    // For the library only.
    /// Returns whether the signal has a handler, which is then called in the next turn.
    bool call_signal_handler(int signal);
    bool has_signal_handler(int signal) const { return signal_handlers_.contains(signal); }
    /// Registers a callback that another thread can request by its number, through inbox(). `is_work`: a loop
    /// with nothing else to do waits for it.
    std::uint64_t expect(detail::Ref<detail::HandleBase> callback, bool is_work);
    template <class F> std::uint64_t expect(F function, bool is_work) {
        return expect(make_handle(detail::inherit_context(), std::move(function)), is_work);
    }
    void expect_no_more(std::uint64_t number) noexcept;
    bool expects(std::uint64_t number) const { return expected_.contains(number); }
    const std::shared_ptr<detail::Inbox>& inbox() const noexcept { return inbox_; }
    /// Null unless shuffle() has been called.
    detail::Order* order() const noexcept { return order_.get(); }
    /// Whether this thread's tracer is notified of each callback.
    void trace_callbacks(bool traced) noexcept {
        traced_ = traced;
        look_at_callbacks();
    }
    /// The observer is told of each callback; null: none is.
    void observe_callbacks(detail::CallbackObserver* observer) noexcept {
        observer_ = observer;
        look_at_callbacks();
    }
    detail::CallbackObserver* callback_observer() const noexcept { return observer_; }
    bool has_default_executor() const noexcept { return executor_ != nullptr; }
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

    struct SignalHandler {
        std::function<void()> function;
        detail::ContextSlot context;
        bool caught = false;
    };
    struct Expected {
        detail::Ref<detail::HandleBase> callback;
        bool is_work = false;
    };

    void abandon_tasks();
    void put_threadsafe(detail::Ref<detail::HandleBase> callback);
    ThreadPoolExecutor& default_executor();
    void set_signal_handler(int signal, std::function<void()> function);
    void take_in();
    bool can_be_woken() const;
    std::optional<double> time_to_next();
    [[noreturn]] void fail_deadlocked();
    void look_at_callbacks() noexcept { looked_at_ = debug_ || traced_ || observer_ != nullptr; }
    void wait();
    void poll();
    void turn();
    void run_due();
    void run_batch();
    void run(detail::Callback& callback);
    void run_looked_at(detail::Callback& callback);
    void run_observed(detail::Callback& callback);
    void run_traced(detail::Callback& callback);
    void run_timed(detail::Callback& callback);

    detail::CallbackList ready_;
    detail::CallbackList batch_;
    detail::TimerQueue timers_;
    detail::IntrusiveList<detail::TaskListNode> tasks_;
    detail::IntrusiveList<detail::GeneratorPromise> generators_;
    std::unique_ptr<Backend> backend_;
    std::unique_ptr<detail::Order> order_;
    std::shared_ptr<detail::Inbox> inbox_;
    std::map<std::uint64_t, Expected> expected_;
    std::map<int, SignalHandler> signal_handlers_;
    std::shared_ptr<ThreadPoolExecutor> executor_;
    detail::CallbackObserver* observer_ = nullptr;
    ExceptionHandler exception_handler_;
    TaskFactory task_factory_;
    detail::Ref<detail::TaskBase> detached_main_;
    std::exception_ptr detached_error_;
    std::uint64_t last_expected_ = 0;
    std::size_t expected_work_ = 0;
    std::uint32_t task_count_ = 0;
    int turns_to_poll_ = 0;
    bool stopping_ = false;
    bool running_ = false;
    bool closed_ = false;
    bool debug_ = false;
    bool traced_ = false;
    bool looked_at_ = false; // debug_, traced_ or observer_
    bool executor_shut_down_ = false;
};

namespace detail {
// NOLINTNEXTLINE(*-avoid-non-const-global-variables): thread-local
extern constinit thread_local EventLoop* running_loop;
[[noreturn]] void throw_no_running_loop();

/// Whether the loop still exists: a future can outlive its loop, and then has no loop to notify.
bool is_alive(const EventLoop& loop) noexcept;
/// Writes the context to stderr.
void print_context(const ExceptionContext& context) noexcept;
} // namespace detail

/// The running loop; raises RuntimeError if there is none.
inline EventLoop& get_running_loop() {
    if (detail::running_loop == nullptr) detail::throw_no_running_loop();
    return *detail::running_loop;
}

/// A loop on the platform's backend, for run_until_complete() and run_forever(). asyncio::run() creates its
/// own.
std::unique_ptr<EventLoop> new_event_loop();

/// Sets the result of get_event_loop() on this thread while no loop is running; null: no loop.
void set_event_loop(EventLoop* loop) noexcept;
/// The running loop, else the one passed to set_event_loop(); raises RuntimeError if there is neither.
EventLoop& get_event_loop();

/// A future of `loop` that completes with `source`, for a coroutine to await. Cancelling either cancels the
/// other, if that is still possible.
template <class T>
Future<T> wrap_future(const ConcurrentFuture<T>& source, EventLoop& loop = get_running_loop());

/// Handles the user's stop request (SIGINT): cancels the main task of the running loop, or raises
/// KeyboardInterrupt out of run() on the second call; if the loop has a handler of SIGINT, calls that
/// instead. Returns false if no loop is running.
bool interrupt_running_loop() noexcept;

// Inline, since it is on the hot path of a turn.
inline void detail::TaskBase::yield(std::coroutine_handle<> resume_here) {
    resume_here_ = resume_here;
    task_state_ = TaskState::ready;
    loop().make_ready(*this);
}

namespace detail {

/// Notifies the loop that a concurrent future is done.
void notify(const std::shared_ptr<Inbox>& inbox, std::uint64_t number) noexcept;

/// Completes a future with the outcome of a concurrent future that is done.
template <class T> void copy_outcome(ConcurrentResult<T>& source, const Future<T>& future) {
    if (future.done()) return;
    if (source.state() == WorkState::cancelled) {
        future.cancel();
    } else if (std::exception_ptr error = source.exception()) {
        future.set_exception(std::move(error));
    } else if constexpr (std::is_void_v<T>) {
        future.set_result();
    } else {
        future.set_result(source.slot().take(false)); // other handles may ask for it too
    }
}

} // namespace detail

template <class T> Future<T> wrap_future(const ConcurrentFuture<T>& source, EventLoop& loop) {
    Future<T> future(loop);
    const std::uint64_t number =
        loop.expect([future, state = source.ref()] { detail::copy_outcome(*state, future); }, true);
    detail::on_done(*future.ref(), [state = source.ref()](const detail::Ref<detail::FutureBase>& done) {
        if (done->cancelled()) state->cancel();
    });
    source.ref()->add_done_callback([inbox = loop.inbox(), number] { detail::notify(inbox, number); });
    return future;
}

template <class F, class... Args>
    requires std::is_invocable_v<F&, Args...>
auto EventLoop::run_in_executor(ThreadPoolExecutor* executor, F function, Args... arguments)
    -> Future<detail::WorkResult<F, Args...>> {
    require_open();
    ThreadPoolExecutor& chosen = executor != nullptr ? *executor : default_executor();
    return wrap_future(chosen.submit(std::move(function), std::move(arguments)...), *this);
}

} // namespace asyncio
