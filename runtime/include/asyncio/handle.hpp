#pragma once

#include <asyncio/detail/shared.hpp>
#include <asyncio/context.hpp>
#include <asyncio/detail/callback.hpp>
#include <asyncio/detail/context.hpp>
#include <asyncio/detail/frame_pool.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/timer_queue.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <utility>

namespace asyncio {

class EventLoop;

namespace detail {

/// A function that the loop calls once. It owns itself while it is queued.
class HandleBase : public RefCounted, public Callback, public Pooled {
public:
    HandleBase(EventLoop& loop, ContextSlot context) : loop_(loop), context_(std::move(context)) {}

    void run() final;
    void drop() noexcept final;
    void schedule_soon();
    void schedule_at(double when);
    void cancel() noexcept;
    bool cancelled() const noexcept { return cancelled_; }
    double when() const noexcept { return when_; }
    ContextSlot& context() noexcept { return context_; }

protected:
    virtual void call() = 0;
    /// Destroys the function and everything that it owns: it is called at most once.
    virtual void forget() noexcept = 0;

private:
    EventLoop& loop_;
    ContextSlot context_;
    double when_ = 0;
    TimerQueue::Slot slot_ = TimerQueue::no_slot;
    bool waiting_ = false;
    bool cancelled_ = false;
};

template <class F> class HandleWith final : public HandleBase {
public:
    HandleWith(EventLoop& loop, ContextSlot context, F function)
        : HandleBase(loop, std::move(context)), function_(std::move(function)) {}

private:
    void call() override {
        (*function_)(); // NOLINT(bugprone-unchecked-optional-access): reset only after the call
    }
    void forget() noexcept override { function_.reset(); }
    std::optional<F> function_;
};

} // namespace detail

/// A callback passed to call_soon(): cancel() makes the loop skip it. Dropping the handle does not.
class Handle {
public:
    explicit Handle(detail::Ref<detail::HandleBase> handle) : handle_(std::move(handle)) {}
    void cancel() const { handle_->cancel(); }
    bool cancelled() const { return handle_->cancelled(); }
    /// The context in which the callback is called.
    Context get_context() const { return Context(detail::share_context(handle_->context())); }

protected:
    detail::Shared<detail::HandleBase> handle_;
};

/// A callback passed to call_soon_threadsafe(): any thread may cancel it.
class ThreadsafeHandle {
public:
    explicit ThreadsafeHandle(std::shared_ptr<std::atomic<bool>> cancelled) noexcept
        : cancelled_(std::move(cancelled)) {}
    /// The loop skips the callback, unless it has already called it.
    void cancel() const { *cancelled_ = true; }
    bool cancelled() const { return *cancelled_; }

private:
    detail::Checked<std::shared_ptr<std::atomic<bool>>> cancelled_;
};

/// A callback passed to call_later() or call_at().
class TimerHandle : public Handle {
public:
    using Handle::Handle;
    /// The time on the loop's clock, in seconds, at which it is due.
    double when() const { return handle_->when(); }
};

} // namespace asyncio
