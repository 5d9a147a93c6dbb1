#include "database.hpp"

#include <asyncio/event_loop.hpp>
#include <asyncio/sleep.hpp>
#include <asyncio/sqlite/error.hpp>
#include <asyncio/wait.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <optional>
#include <vector>

namespace asyncio::sqlite::detail {
namespace {

bool is_lock(const Error& error) noexcept { return (error.code() & 0xff) == SQLITE_BUSY; }

/// A function on a connection's thread, and its owner on the loop, which must not be destroyed while it runs.
class Running {
public:
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
    enum State { queued, running, ended, dropped };
    std::atomic<State> state_ = queued;
};

/// In the frame of the coroutine that waits. A frame that is destroyed early, since the loop closes, ends the
/// function first: it refers to what the frame keeps alive.
class EndsFirst {
public:
    EndsFirst(Database& database, std::shared_ptr<Running> running)
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
    Database& database_;
    std::shared_ptr<Running> running_;
};

/// Returns the CancelledError that ended the wait; null when the future is done or the time has passed.
Coro<std::exception_ptr> cancelled_while_waiting(Future<> future, std::optional<double> seconds) {
    try {
        co_await wait(std::vector{future}, {.timeout = seconds});
    } catch (const CancelledError&) {
        co_return std::current_exception();
    }
    co_return nullptr;
}

[[maybe_unused]] Coro<> run_on_thread(Database& database, ThreadPoolExecutor& thread,
                                      const std::function<void()>& function) {
    const auto running = std::make_shared<Running>();
    Future<> result = get_running_loop().run_in_executor(thread, [running, call = &function] {
        if (!running->begin()) return;
        struct AtEnd {
            Running& running;
            ~AtEnd() { running.end(); }
        } const at_end{*running};
        (*call)();
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
    result.result();
}

/// Where a lock cannot be waited for, since its owner runs on the same loop. Returns whether the function ran,
/// which it does not if the database is locked.
bool run_unless_locked(const std::function<void()>& function, bool last_time) {
    try {
        function();
        return true;
    } catch (const Error& error) {
        if (last_time || !is_lock(error)) throw;
    }
    return false;
}

[[maybe_unused]] Coro<> run_on_loop(std::chrono::milliseconds timeout,
                                    const std::function<void()>& function) {
    using Clock = std::chrono::steady_clock;
    // The others get their turn, as if a thread were at work.
    co_await sleep(0);
    const auto end = Clock::now() + timeout;
    bool ran = run_unless_locked(function, timeout.count() <= 0);
    for (double pause = 0.001; !ran; pause = std::min(pause * 2, 0.05)) {
        co_await sleep(pause);
        ran = run_unless_locked(function, Clock::now() >= end);
    }
}

} // namespace

Coro<> Database::run(std::shared_ptr<Database> self, std::function<void()> function) {
    const std::function<void()> remembering = [&function, database = self.get()] {
        const Remember remember(*database);
        function();
    };
    if constexpr (has_threads)
        co_await run_on_thread(*self, self->thread_, remembering);
    else
        co_await run_on_loop(self->options_.timeout, remembering);
}

} // namespace asyncio::sqlite::detail
