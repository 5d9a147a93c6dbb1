#pragma once

#include <cstdint>
#include <memory>
#include <optional>

namespace asyncio {

class EventLoop;

namespace detail {
class Network;
}

/// The platform interface of the event loop: a clock, and a way to wait.
class Backend {
public:
    virtual ~Backend() = default;

    /// Seconds on a monotonic clock.
    virtual double time() = 0;

    /// The same for observers: does not advance a clock that advances when it is read.
    virtual double peek_time() { return time(); }

    /// Waits until `timeout` seconds have passed, I/O has completed, or wake() was called. nullopt: no timer
    /// is set, wait for I/O only. A timeout of 0 does not block.
    virtual void wait(EventLoop& loop, std::optional<double> timeout) = 0;

    /// Called while the loop is busy, so that the platform can deliver completed I/O; must not block. Returns
    /// the number of turns until the next call.
    virtual int poll(EventLoop& loop) {
        wait(loop, 0);
        return 1;
    }

    /// Ends the current or the next wait() early. May be called from another thread.
    virtual void wake() = 0;

    /// Whether anything outside the loop (I/O, a thread, an interrupt handler) can still wake it. If not, and
    /// nothing is ready and no timer is set, the program is in a deadlock.
    virtual bool has_pending_io() const = 0;

    /// From now on wait() and poll() deliver signal number `signal` of the process to
    /// EventLoop::deliver_signal() instead of letting it end the process. `unless_taken`: leaves the signal
    /// alone if the program handles it by other means. Returns whether the signal was caught and
    /// release_signal() must undo it; also false where the only signals are those that the loop receives
    /// anyway. Raises RuntimeError for a signal that cannot be caught.
    virtual bool catch_signal(int signal, bool unless_taken);
    virtual void release_signal(int signal) noexcept;

    /// The seed with which loops on this backend shuffle, see EventLoop::shuffle(); nullopt: asyncio's order.
    virtual std::optional<std::uint32_t> seed() const { return std::nullopt; }

    /// Called just before the loop raises DeadlockError, while the await graph is still available.
    virtual void deadlocked(EventLoop& loop);

    /// What carries the loop's streams; null: a network inside the program, without a platform.
    virtual detail::Network* network() noexcept { return nullptr; }

    /// The loop is closed: releases what waits for I/O, which will never be called.
    virtual void close() noexcept {}

    /// Whether wait() can block its caller. Where it cannot (a browser without JSPI), run() passes the loop
    /// to run_detached() instead.
    virtual bool can_block() const { return true; }

    /// Abandons the calling stack and runs `loop` from the platform's own event loop until it is stopped,
    /// then ends the program. Only called if can_block() is false.
    [[noreturn]] virtual void run_detached(std::unique_ptr<EventLoop> loop);
};

/// The platform's backend: real time, in the browser or natively.
std::unique_ptr<Backend> make_default_backend();

} // namespace asyncio
