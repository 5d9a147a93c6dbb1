#pragma once

#include <asyncio/detail/deferred.hpp>
#include <asyncio/detail/future_wait.hpp>
#include <asyncio/detail/resume_point.hpp>
#include <asyncio/detail/task_base.hpp>
#include <asyncio/detail/timer_queue.hpp>
#include <asyncio/duration.hpp>
#include <asyncio/event_loop.hpp>

#include <cmath>
#include <coroutine>
#include <utility>

namespace asyncio {
namespace detail {

class SleepWaiter final : public Waiter {
public:
    using Waiter::Waiter;
    AwaitedThing awaited_thing() override;
};

/// The timer and the future of one sleep, stored in the frame of the sleeping coroutine.
class SleepTimer final : public Callback {
public:
    SleepTimer(EventLoop& loop, double seconds);
    ~SleepTimer();
    void run() override;
    void drop() noexcept override { slot_ = TimerQueue::no_slot; }

    SleepWaiter& waiter() noexcept { return waiter_; }

private:
    SleepWaiter waiter_;
    TimerQueue::Slot slot_;
};

template <class T>
class [[nodiscard("co_await asyncio::sleep(...): without it nothing sleeps")]] Sleep : public LoopAwaiter {
public:
    Sleep(double seconds, ResultSlot<T> result) : seconds_(seconds), result_(std::move(result)) {}

    bool await_ready() const noexcept { return opaque(false); }

    // Always inlined, since a side module calls even its own inline functions through a table.
    [[gnu::always_inline]] void await_suspend(std::coroutine_handle<> caller) {
        if (seconds_ > 0) {
            timer_.emplace(get_running_loop(), seconds_);
            wait_.suspend(timer_->waiter(), caller);
        } else {
            task_ = &require_current_task();
            task_->yield(caller);
        }
    }

    [[gnu::always_inline]] T await_resume() {
        if (timer_)
            wait_.resumed(timer_->waiter());
        else
            task_->throw_if_must_cancel();
        return result_.take(true);
    }

private:
    double seconds_;
    Deferred<SleepTimer> timer_;
    FutureWait wait_;
    TaskBase* task_ = nullptr;
    [[no_unique_address]] ResultSlot<T> result_;
};

[[noreturn]] void throw_delay_is_nan();
inline double checked_delay(Delay delay) {
    if (std::isnan(delay.seconds())) [[unlikely]]
        throw_delay_is_nan();
    return delay.seconds();
}

} // namespace detail

/// Suspends the task for `delay`; the loop's timer wakes it. A delay of 0 or less suspends it once, so that
/// everything that is ready can run. Cancelling the task raises CancelledError here at once. Raises
/// ValueError for NaN.
inline detail::Sleep<void> sleep(Delay delay) { return {detail::checked_delay(delay), {}}; }

/// The same, and returns `result` to the caller.
template <class T> detail::Sleep<T> sleep(Delay delay, T result) {
    detail::ResultSlot<T> slot;
    slot.emplace(std::move(result));
    return {detail::checked_delay(delay), std::move(slot)};
}

} // namespace asyncio
