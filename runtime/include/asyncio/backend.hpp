#pragma once

#include <cstdint>
#include <memory>
#include <optional>

namespace asyncio {

class EventLoop;

/// What the event loop asks of its platform: a clock, and a way to wait.
class Backend {
public:
    virtual ~Backend() = default;

    /// Seconds on a monotonic clock.
    virtual double time() = 0;

    /// The same for who only looks on: it moves no clock that moves by being looked at.
    virtual double peek_time() { return time(); }

    /// Waits until `timeout` seconds have passed, or I/O completed, or wake() was called.
    /// No timeout: nothing is scheduled, wait for I/O. A timeout of 0 never blocks.
    virtual void wait(EventLoop& loop, std::optional<double> timeout) = 0;

    /// The platform's chance, while the loop is busy, to hand over what has completed: it must not
    /// block. Gives the number of the turn, from this one on, in which it wants to be called again.
    virtual int poll(EventLoop& loop) {
        wait(loop, 0);
        return 1;
    }

    /// Ends the current or the next wait() early. May be called from another thread.
    virtual void wake() = 0;

    /// Whether anything outside the loop (I/O, a thread, an interrupt handler) can still wake it.
    /// When not, and nothing is ready and no timer is set, the program is in a deadlock.
    virtual bool has_pending_io() const = 0;

    /// From now on wait() and poll() tell the loop of the process's signal number `signal`, with
    /// EventLoop::deliver_signal(), instead of letting it end the process. `unless_taken`: leaves a
    /// signal alone that the program handles by other means. Whether it was caught, for
    /// release_signal() to undo; false also where there are no signals but those that the loop is told
    /// of anyway. Raises RuntimeError for a signal that cannot be caught.
    virtual bool catch_signal(int signal, bool unless_taken);
    virtual void release_signal(int signal) noexcept;

    /// The seed that loops made on it shuffle by, as EventLoop::shuffle() says; none: as asyncio orders.
    virtual std::optional<std::uint32_t> seed() const { return std::nullopt; }

    /// The loop is about to raise DeadlockError: what waits for what can still be seen.
    virtual void deadlocked(EventLoop& loop);

    /// Whether wait() can hold up its caller. Where it cannot (a browser without JSPI), run() hands
    /// the loop to run_detached() instead.
    virtual bool can_block() const { return true; }

    /// Leaves the calling stack for good and runs `loop` from the platform's own event loop until
    /// it is stopped, then ends the program. Only called where can_block() is false.
    [[noreturn]] virtual void run_detached(std::unique_ptr<EventLoop> loop);
};

/// The platform's own backend: real time, in the browser or natively.
std::unique_ptr<Backend> make_default_backend();

} // namespace asyncio
