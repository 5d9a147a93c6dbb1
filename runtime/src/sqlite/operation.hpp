#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/sqlite/error.hpp>
#include <asyncio/wait.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace asyncio::sqlite::detail {

#if defined(__EMSCRIPTEN__) && !defined(__EMSCRIPTEN_PTHREADS__)
inline constexpr bool has_threads = false;
#else
inline constexpr bool has_threads = true;
#endif

inline bool is_lock(const Error& error) noexcept { return (error.code() & 0xff) == SQLITE_BUSY; }

/// A function on a connection's thread, and its owner on the loop, which must not be destroyed while it runs.
class Running {
public:
    enum State { queued, running, ended, dropped };

    /// On the thread: whether the function may run.
    bool begin() noexcept {
        State expected = queued;
        return state_.compare_exchange_strong(expected, running);
    }
    void end() noexcept {
        state_ = ended;
        state_.notify_all();
    }
    /// On the loop: whether it will never run.
    bool drop() noexcept {
        State expected = queued;
        return state_.compare_exchange_strong(expected, dropped) || expected == dropped;
    }
    bool is_running() const noexcept { return state_ == running; }
    void wait_for_end() const noexcept { state_.wait(running); }

private:
    std::atomic<State> state_ = queued;
};

/// In the frame of the coroutine that waits. A frame that is destroyed early, since the loop closes, ends the function
/// first: it refers to what the frame keeps alive.
template <class D> class EndsFirst {
public:
    EndsFirst(D& database, std::shared_ptr<Running> running)
        : database_(database), running_(std::move(running)) {}
    EndsFirst(const EndsFirst&) = delete;
    EndsFirst& operator=(const EndsFirst&) = delete;
    ~EndsFirst() {
        if (running_->drop()) return;
        // Otherwise it would interrupt the statements of open cursors.
        if (running_->is_running()) database_.interrupt();
        running_->wait_for_end();
    }

private:
    D& database_;
    std::shared_ptr<Running> running_;
};

/// Returns the CancelledError that ended the wait; null when the future is done or the time has passed.
template <class T>
Coro<std::exception_ptr> cancelled_while_waiting(Future<T> future, std::optional<double> seconds) {
    try {
        co_await wait(std::vector{future}, {.timeout = seconds});
    } catch (const CancelledError&) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

template <class D, class F> Coro<std::invoke_result_t<F&>> run_on_thread(D& database, F function) {
    const auto running = std::make_shared<Running>();
    auto result = get_running_loop().run_in_executor(
        database.thread(), [running, call = &function]() -> std::optional<decltype(function())> {
            if (!running->begin()) return std::nullopt;
            struct AtEnd {
                Running& running;
                ~AtEnd() { running.end(); }
            } const at_end{*running};
            return (*call)();
        });
    const EndsFirst guard(database, running);
    std::exception_ptr cancelled = co_await cancelled_while_waiting(result, {});
    while (cancelled && !result.done() && !running->drop()) {
        // It may be between two steps, where an interrupt has no effect.
        if (running->is_running()) database.interrupt();
        co_await cancelled_while_waiting(result, 0.002);
    }
    if (cancelled) {
        if (result.done()) static_cast<void>(result.exception());
        std::rethrow_exception(cancelled);
    }
    co_return *std::move(result.result());
}

/// Where a lock cannot be waited for, since its owner runs on the same loop. Returns the result, or nullopt if the
/// database is locked.
template <class F> std::optional<std::invoke_result_t<F&>> call_unless_locked(F& function, bool last_time) {
    try {
        return function();
    } catch (const Error& error) {
        if (last_time || !is_lock(error)) throw;
    }
    return std::nullopt;
}

template <class D, class F> Coro<std::invoke_result_t<F&>> run_on_loop(D& database, F function) {
    using Clock = std::chrono::steady_clock;
    // The others get their turn, as if a thread were at work.
    co_await sleep(0);
    auto result = call_unless_locked(function, database.timeout().count() <= 0);
    const auto end = Clock::now() + database.timeout();
    for (double pause = 0.001; !result; pause = std::min(pause * 2, 0.05)) {
        co_await sleep(pause);
        result = call_unless_locked(function, Clock::now() >= end);
    }
    co_return *std::move(result);
}

} // namespace asyncio::sqlite::detail
