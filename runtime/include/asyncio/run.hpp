#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/task.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace asyncio {

struct RunOptions {
    /// Reports slow callbacks; unset: off.
    std::optional<bool> debug = {};
    /// Creates the loop; unset: a loop on the platform's backend.
    std::function<std::unique_ptr<EventLoop>()> loop_factory = {};
    /// Shuffles what asyncio leaves unordered; see EventLoop::shuffle(). Unset: asyncio's order.
    std::optional<std::uint32_t> seed = {};
};

/// Owns a loop and runs coroutines in it, one at a time. Closing it cancels the remaining tasks and waits for
/// them.
class Runner {
public:
    explicit Runner(RunOptions options = {}) : options_(std::move(options)) {}
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    ~Runner();

    /// Blocks until `main` is done; returns its result or raises its error. Raises KeyboardInterrupt if the
    /// user's Stop ended it, DeadlockError if it can never end.
    ///
    /// All runs of one Runner share a context, a copy of the one in which it was first used, unless another
    /// is passed.
    template <class T> T run(Coro<T> main, std::optional<Context> context = {}) {
        prepare();
        if (!context) context = context_;
        return run_task(Task<T>(detail::spawn(*loop_, std::move(main), {.context = std::move(context)})));
    }
    /// The same for any other awaitable.
    template <class A>
        requires(detail::Awaitable<A> && !detail::is_coro<A>::value)
    auto run(A awaitable, std::optional<Context> context = {}) {
        return run(detail::await_as_coro<A>(std::move(awaitable)), std::move(context));
    }

    EventLoop& get_loop();
    void close();

private:
    template <class T> T run_task(Task<T> task) {
        // This is the only remaining reference, so the result can be moved out.
        run_main(task);
        return std::move(task).operator co_await().await_resume();
    }
    void prepare();
    void run_main(const AnyTask& task);
    void cancel_all_tasks();

    RunOptions options_;
    std::unique_ptr<EventLoop> loop_;
    std::optional<Context> context_;
    bool closed_ = false;
};

namespace detail {

/// For platforms that cannot block (a browser without JSPI): abandons the stack; the program ends when `main`
/// does.
[[noreturn]] void run_detached(const Ref<TaskBase>& main, std::unique_ptr<EventLoop> loop);
std::unique_ptr<EventLoop> make_loop(const RunOptions& options);
void require_no_running_loop();

} // namespace detail

/// Runs `main` in a new loop and blocks until it is done: the entry point of a program.
///
/// When `main` ends, the remaining tasks are cancelled and awaited. Returns the result of `main` or raises
/// its error. In a browser without JSPI it does not return: it must be the last statement of main(), and the
/// program ends with it.
template <class T> T run(Coro<T> main, RunOptions options = {}) {
    detail::require_no_running_loop();
    if (auto loop = detail::make_loop(options); !loop->backend().can_block()) {
        const auto task = detail::spawn(*loop, std::move(main), {});
        detail::run_detached(task, std::move(loop));
    }
    Runner runner(std::move(options));
    if constexpr (std::is_void_v<T>) {
        runner.run(std::move(main));
        runner.close();
    } else {
        T result = runner.run(std::move(main));
        runner.close();
        return result;
    }
}
/// The same for any other awaitable, such as sleep().
template <class A>
    requires(detail::Awaitable<A> && !detail::is_coro<A>::value)
auto run(A awaitable, RunOptions options = {}) {
    return run(detail::await_as_coro<A>(std::move(awaitable)), std::move(options));
}

} // namespace asyncio
