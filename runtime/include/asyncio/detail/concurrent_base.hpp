#pragma once

#include <asyncio/detail/result.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

namespace asyncio {

class EventLoop;

/// Where a piece of work for another thread is in its life.
enum class WorkState : std::uint8_t { pending, running, cancelled, finished };
const char* to_string(WorkState state) noexcept;

namespace detail {

/// What every concurrent future shares, whatever its result. Each member may be called on any thread.
class ConcurrentBase {
public:
    /// `loop`: the one whose task completes it, null when a thread does.
    explicit ConcurrentBase(const EventLoop* loop);
    ConcurrentBase(const ConcurrentBase&) = delete;
    ConcurrentBase& operator=(const ConcurrentBase&) = delete;
    virtual ~ConcurrentBase();

    WorkState state() const noexcept;
    bool done() const noexcept;

    /// False when it runs or is done.
    bool cancel() noexcept;
    /// From pending to running; false when it was cancelled.
    bool start() noexcept;
    /// Completes it with what the result slot holds, or with an error. Nothing happens when it was cancelled.
    void finish() noexcept;
    void fail(std::exception_ptr error) noexcept;

    /// Blocks until it is done; false when `seconds` have passed before.
    bool wait(std::optional<double> seconds);
    /// Raises what result() raises, if anything. Only when done.
    void rethrow_if_failed();
    /// Only when done; raises CancelledError when cancelled.
    std::exception_ptr exception();

    /// Called on the thread that completes it, or here and now when it is done.
    void add_done_callback(std::function<void()> function);

private:
    struct Monitor;

    void complete(WorkState state, std::exception_ptr error) noexcept;
    /// How the platform waits: for a thread, or, where there is none, by doing the work itself.
    bool block(std::optional<double> seconds);

    std::unique_ptr<Monitor> monitor_;
    const EventLoop* loop_;
};

template <class T> class ConcurrentResult final : public ConcurrentBase {
public:
    using ConcurrentBase::ConcurrentBase;
    ResultSlot<T>& slot() noexcept { return slot_; }

private:
    ResultSlot<T> slot_;
};

} // namespace detail
} // namespace asyncio
