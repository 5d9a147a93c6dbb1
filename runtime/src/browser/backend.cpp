#include "host.hpp"
#include "page_backend.hpp"
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

/// After this long without a wait a loop that is always busy lets JavaScript have a turn, so that a
/// Stop is heard.
constexpr double longest_hold = 0.008;

/// While only another thread can wake the loop, it is asked anew after so many seconds: that thread may
/// be gone.
constexpr double longest_wait_for_threads = 0.1;

double now() { return asyncio_host_real_time(); }

/// Decides in which turns of a busy loop the clock is worth a look: it costs more than a turn does.
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

    /// After how many turns the clock is worth the next look.
    int turns() const { return turns_; }

    void released() { released_ = looked_ = now(); }

private:
    // Bounds the time that passes unseen when turns suddenly become long.
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
        // What a program shows before it waits is seen while it waits, also without a line's end.
        std::fflush(stdout);
        hold_while_paused();
        // From here on to the wait nothing may let JavaScript have a turn: it would lose a wake.
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

    bool has_pending_io() const override { return browser::PendingIo::any() || browser::other_threads_run(); }
    bool can_block() const override { return asyncio_host_can_block(); }
    [[noreturn]] void run_detached(std::unique_ptr<EventLoop> loop) override;
    std::optional<std::uint32_t> seed() const override { return browser::program_seed(); }
    void deadlocked(EventLoop& loop) override { browser::show_await_graph(loop, "deadlock"); }

private:
    static double longest_wait() noexcept {
        if (!browser::PendingIo::any() && browser::other_threads_run()) return longest_wait_for_threads;
        return std::numeric_limits<double>::infinity();
    }

    // A detached loop is held up by who pumps it.
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

/// The loop that JavaScript pumps, once run_detached() has left the stack. It is never destroyed:
/// coroutines in it may refer to what that stack holds.
EventLoop* detached_loop = nullptr;

bool interrupted = false;

/// Calls the handler that the program gave to std::signal() or sigaction(), if any. One of the loop goes
/// before it.
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
        throw RuntimeError(
            "asyncio::run() in work for a thread: this browser has no threads and cannot block");
    detached_loop = loop.release();
    asyncio_host_detach();
    __builtin_trap();
}

} // namespace

std::unique_ptr<Backend> browser::make_page_backend() { return std::make_unique<BrowserBackend>(); }

} // namespace asyncio

extern "C" {

/// Whether somebody hears the interrupt: the running loop, or the program's own handler of SIGINT.
EMSCRIPTEN_KEEPALIVE bool asyncio_host_interrupt() {
    asyncio::interrupted = true;
    if (asyncio::detail::running_loop != nullptr)
        asyncio::browser::show_await_graph(*asyncio::detail::running_loop, "stop");
    return asyncio::signal_the_program() || asyncio::interrupt_running_loop();
}

/// Runs what is ready of the detached loop. Gives the seconds until it wants to be called again:
/// infinity when only I/O can make something ready, a negative number when the loop has ended.
EMSCRIPTEN_KEEPALIVE double asyncio_host_pump() noexcept {
    asyncio::EventLoop& loop = *asyncio::detached_loop;
    if (!loop.stopped()) {
        const std::optional<double> next = loop.run_ready();
        std::fflush(stdout);
        if (!loop.stopped()) return next.value_or(std::numeric_limits<double>::infinity());
    }
    return -1;
}

/// After the last asyncio_host_pump(): 0, or the exit code of a program that was interrupted. An
/// error that nothing caught ends the program here, as it would at the end of main().
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
