#include "host.hpp"
#include "page_backend.hpp"
#include "page_requests.hpp"
#include "pending_io.hpp"
#include "watch.hpp"

#include <asyncio/backend.hpp>
#include <asyncio/event_loop.hpp>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <emscripten.h>
#include <limits>
#include <memory>
#include <optional>
#include <utility>

namespace asyncio {
namespace {

/// A loop that is always busy yields to JavaScript after this many seconds without a wait, so that a Stop can
/// be received.
constexpr double longest_hold = 0.008;

/// While only another thread can wake the loop, the loop checks at this interval, in seconds, whether that
/// thread still exists.
constexpr double longest_wait_for_threads = 0.1;

double now() { return asyncio_host_real_time(); }

/// Decides in which turns of a busy loop to read the clock, which costs more than a turn.
class BusyLoop {
public:
    /// Whether JavaScript has waited too long for its turn.
    bool held_too_long() {
        const double time = now();
        const double per_turn = (time - looked_) / turns_;
        looked_ = time;
        turns_ = per_turn * most_turns < longest_hold / 4
                     ? most_turns
                     : std::clamp(static_cast<int>(longest_hold / 4 / per_turn), 1, most_turns);
        return time - released_ > longest_hold;
    }

    /// The number of turns until the next reading of the clock.
    int turns() const { return turns_; }

    void released() { released_ = looked_ = now(); }

private:
    // Limits the unmeasured time if turns suddenly become long.
    static constexpr int most_turns = 32;
    int turns_ = 1;
    double looked_ = now();
    double released_ = looked_;
};

class BrowserBackend final : public Backend {
public:
    double time() override { return emscripten_get_now() / 1000; }
    double peek_time() override { return asyncio_host_peek_time(); }

    void wait(EventLoop& loop, std::optional<double> timeout) override {
        if (timeout.has_value() && *timeout <= 0) {
            poll(loop);
            return;
        }
        // Makes the program's output visible during the wait, even an incomplete line.
        std::fflush(stdout);
        hold_while_paused();
        // From here to the wait nothing may yield to JavaScript: a wake would be lost.
        if (woken_.exchange(false)) {
            poll(loop);
            return;
        }
        give_control(timeout.value_or(longest_wait()));
        woken_ = false;
    }

    int poll(EventLoop&) override {
        if (browser::is_paused()) {
            std::fflush(stdout);
            hold_while_paused();
            return 1;
        }
        if (busy_.held_too_long()) give_control(0);
        return busy_.turns();
    }

    void wake() override {
        woken_ = true;
        browser::wake_page();
    }

    bool has_pending_io() const override {
        return browser::PendingIo::any() || browser::other_threads_run() || browser::page_can_send();
    }
    bool can_block() const override { return asyncio_host_can_block(); }
    [[noreturn]] void run_detached(std::unique_ptr<EventLoop> loop) override;
    std::optional<std::uint32_t> seed() const override { return browser::program_seed(); }
    void deadlocked(EventLoop& loop) override { browser::show_await_graph(loop, "deadlock"); }

private:
    static double longest_wait() noexcept {
        if (!browser::PendingIo::any() && browser::other_threads_run()) return longest_wait_for_threads;
        return std::numeric_limits<double>::infinity();
    }

    // A detached loop is paused by its driver.
    void hold_while_paused() {
        if (!browser::is_paused() || !can_block()) return;
        asyncio_host_pause();
        busy_.released();
    }

    void give_control(double seconds) {
        asyncio_host_wait(seconds);
        busy_.released();
    }

    BusyLoop busy_;
    std::atomic<bool> woken_ = false;
};

/// The loop that JavaScript drives, once run_detached() has abandoned the stack. It is never destroyed: its
/// coroutines may refer to objects on that stack.
EventLoop* detached_loop = nullptr;

bool interrupted = false;

/// Calls the handler that the program passed to std::signal() or sigaction(), if any. A handler of the loop
/// takes precedence.
bool signal_the_program() {
    EventLoop* const loop = detail::running_loop;
    if (loop != nullptr && loop->has_signal_handler(SIGINT)) return false;
    struct sigaction now = {};
    if (sigaction(SIGINT, nullptr, &now) != 0 || now.sa_handler == SIG_DFL) return false;
    std::raise(SIGINT);
    if (loop != nullptr) loop->backend().wake();
    return true;
}

void BrowserBackend::run_detached(std::unique_ptr<EventLoop> loop) {
    if (detached_loop != nullptr)
        throw RuntimeError("asyncio::run() called in an executor's work: without threads and without "
                           "JavaScript Promise Integration it cannot block");
    detached_loop = loop.release();
    asyncio_host_detach();
    __builtin_trap();
}

} // namespace

std::unique_ptr<Backend> browser::make_page_backend() { return std::make_unique<BrowserBackend>(); }

} // namespace asyncio

extern "C" {

/// Whether anything handles the interrupt: the running loop, or the program's own handler of SIGINT.
EMSCRIPTEN_KEEPALIVE bool asyncio_host_interrupt() {
    asyncio::interrupted = true;
    if (asyncio::detail::running_loop != nullptr)
        asyncio::browser::show_await_graph(*asyncio::detail::running_loop, "stop");
    return asyncio::signal_the_program() || asyncio::interrupt_running_loop();
}

/// Runs what is ready in the detached loop. Returns the seconds until the next call: infinity if only I/O can
/// make something ready, a negative number if the loop has ended.
EMSCRIPTEN_KEEPALIVE double asyncio_host_pump() noexcept {
    asyncio::EventLoop& loop = *asyncio::detached_loop;
    if (!loop.stopped()) {
        const std::optional<double> next = loop.run_ready();
        std::fflush(stdout);
        if (!loop.stopped()) return next.value_or(std::numeric_limits<double>::infinity());
    }
    return -1;
}

/// After the last asyncio_host_pump(): returns 0, or the exit code of a program that was interrupted. An
/// uncaught error ends the program here, as it would at the end of main().
EMSCRIPTEN_KEEPALIVE int asyncio_host_finish() noexcept {
    constexpr int exit_code_interrupted = 130;
    try {
        asyncio::detached_loop->finish_detached();
    } catch (const asyncio::CancelledError&) {
        if (!asyncio::interrupted) throw;
        return exit_code_interrupted;
    }
    return 0;
}
}
