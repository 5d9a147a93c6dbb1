#pragma once

#include <asyncio/detail/result.hpp>

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>

namespace asyncio {

class EventLoop;

/// The state of work for another thread.
enum class WorkState : std::uint8_t { pending, running, cancelled, finished };
const char* to_string(WorkState state) noexcept;

namespace detail {

/// The common part of all concurrent futures, independent of the result type. All members are thread-safe.
class ConcurrentBase {
public:
    /// `loop`: the loop whose task completes it, null if a thread does.
    explicit ConcurrentBase(const EventLoop* loop);
    ConcurrentBase(const ConcurrentBase&) = delete;
    ConcurrentBase& operator=(const ConcurrentBase&) = delete;
    virtual ~ConcurrentBase();

    WorkState state() const noexcept;
    bool done() const noexcept;

    /// Returns false if it is running or done.
    bool cancel() noexcept;
    /// From pending to running; returns false if it was cancelled.
    bool start() noexcept;
    /// Completes it with the value in the result slot, or with an error. Has no effect if it was cancelled.
    void finish() noexcept;
    void fail(std::exception_ptr error) noexcept;

    /// Blocks until it is done; returns false if `seconds` have passed first.
    bool wait(std::optional<double> seconds);
    /// Raises the error of result(), if there is one. Only when done.
    void rethrow_if_failed();
    /// Only when done; raises CancelledError if cancelled.
    std::exception_ptr exception();

    /// Called on the thread that completes it, or immediately if it is done.
    void add_done_callback(std::function<void()> function);

private:
    struct Monitor;

    void complete(WorkState state, std::exception_ptr error) noexcept;
    /// The platform's wait: for a thread, or, without threads, by running the work itself.
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
