#pragma once

#include <asyncio/detail/callback.hpp>
#include <asyncio/detail/context.hpp>
#include <asyncio/detail/error_slot.hpp>
#include <asyncio/detail/frame_pool.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/detail/result.hpp>

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace asyncio {

class EventLoop;

enum class FutureState : std::uint8_t { pending, cancelled, finished };
const char* to_string(FutureState state) noexcept;

struct AwaitedThing;

namespace detail {

/// get_running_loop(), for the headers that event_loop.hpp includes.
EventLoop& loop_of_new_future();

class TaskBase;

/// The common part of all futures, independent of the result type: state, error, callbacks. Completing a
/// future does not run waiters: it moves the callbacks to the loop's ready queue.
class FutureBase : public RefCounted {
public:
    explicit FutureBase(EventLoop& loop) noexcept : loop_(&loop) {}
    ~FutureBase() override;

    EventLoop& loop() const noexcept { return *loop_; }
    FutureState state() const noexcept { return state_; }
    bool done() const noexcept { return state_ != FutureState::pending; }
    bool cancelled() const noexcept { return state_ == FutureState::cancelled; }

    /// Requests cancellation; returns false if already done. A task passes the request on to what it awaits.
    virtual bool cancel(const std::string* message = nullptr);

    /// Raises InvalidStateError if already done.
    void require_pending() const;
    /// Completes it with the value in its result slot. Only while pending.
    void finish_with_result();
    void set_exception(std::exception_ptr error);

    /// The error, null for a result. Raises CancelledError or InvalidStateError like Python.
    std::exception_ptr exception();

    bool has_result() const noexcept { return state_ == FutureState::finished && !error_; }
    /// The error of a future that failed, else null; it stays unretrieved.
    std::exception_ptr peek_error() const noexcept { return error_ ? error_.get() : nullptr; }

    /// Raises the error that awaiting this done future raises, if there is one.
    void rethrow_if_failed();

    /// Appends to the callbacks, or makes `callback` ready immediately if the future is done.
    void add_callback(Callback& callback);

    /// A CancelledError. For a cancelled task, the first call returns the original exception object.
    std::exception_ptr take_cancelled_error();
    /// The same, or the error of a future that failed, or null.
    std::exception_ptr take_error();

    /// The text passed to cancel(), empty if there was none.
    std::string cancel_message() const { return cancel_message_ ? *cancel_message_ : std::string(); }

    /// The error will not be reported as "never retrieved".
    void mark_retrieved() noexcept { report_unretrieved_ = false; }
    /// Whether it would be reported if the future were destroyed now.
    bool never_retrieved() const noexcept { return report_unretrieved_; }

    /// Marks it as visited, until unmark(), while iterating over a range that may contain duplicates; returns
    /// false if it was already marked.
    bool mark() noexcept { return !std::exchange(marked_, true); }
    void unmark() noexcept { marked_ = false; }

    /// The address of the ResultSlot<T> of this future.
    virtual void* result_slot() noexcept { return nullptr; }

    /// As text, for reports: "task 'Task-1' (fetch at main.cpp:7)".
    virtual std::string describe_source() const { return "a Future"; }

    /// The same as data, for a task that waits for it.
    virtual AwaitedThing awaited_thing();

    /// Whether a waiter of this future actually waits for other futures behind it, as with gather().
    virtual bool stands_for_others() const noexcept { return false; }

    /// For a place in a FIFO queue, the primitive that owns the queue: waiters that it wakes in one turn
    /// resume in FIFO order. Otherwise null.
    virtual const void* turns_given_by() const noexcept { return nullptr; }

    /// The futures and tasks that wait for it, without duplicates, in order of arrival.
    std::vector<Ref<FutureBase>> awaited_by();
    /// Removes an AwaitedByNote.
    void discard_note(const FutureBase& awaiter) noexcept;

    /// The first of its callbacks that is a C, while it is pending; null if there is none.
    template <class C> C* find_callback() noexcept {
        for (Callback& callback : callbacks_)
            if (auto* found = dynamic_cast<C*>(&callback)) return found;
        return nullptr;
    }

    /// Null if it is not a task.
    virtual TaskBase* as_task() noexcept { return nullptr; }

protected:
    void drop_callbacks() noexcept;
    /// For destructors: called while the dynamic type is still known.
    void report_if_never_retrieved() noexcept {
        if (report_unretrieved_) report_never_retrieved();
    }
    void set_cancel_message(const std::string* message);
    bool finish_cancelled(const std::string* message, std::exception_ptr raised = nullptr);
    void finish_with_error(std::exception_ptr error);

private:
    void schedule_callbacks();
    void report_never_retrieved() noexcept;
    [[noreturn]] void throw_cancelled_error();

    EventLoop* loop_;
    CallbackList callbacks_;
    ErrorSlot error_;
    std::unique_ptr<std::string> cancel_message_;
    FutureState state_ = FutureState::pending;
    bool report_unretrieved_ = false;
    bool marked_ = false;
};

/// A future with a result of type T.
template <class T> class FutureWithResult : public FutureBase, public Pooled {
public:
    using FutureBase::FutureBase;
    void* result_slot() noexcept override { return &result_; }

private:
    ResultSlot<T> result_;
};

/// A future without a result that is stored in an awaiter, for the duration of one wait.
class Waiter : public FutureBase {
public:
    explicit Waiter(EventLoop& loop) noexcept : FutureBase(loop) {}
    void wake() {
        if (!done()) finish_with_result();
    }
    // No reference to it may be kept: the frame that contains it can be destroyed at any time.
    AwaitedThing awaited_thing() override = 0;
};

/// A note in a future's callbacks that something waits for it; run() does nothing. It owns itself.
class AwaitedByNote final : public Callback {
public:
    explicit AwaitedByNote(Ref<FutureBase> awaiter) noexcept : awaiter_(std::move(awaiter)) {}
    void run() override { delete this; }
    void drop() noexcept override { delete this; }
    FutureBase* awaiter() noexcept override { return awaiter_.get(); }

private:
    Ref<FutureBase> awaiter_;
};

/// A function that is called with the future as its argument when the future is done.
class DoneCallback : public RefCounted, public Callback {
public:
    void run() final;
    void drop() noexcept final;
    void made_ready_by(FutureBase& future) noexcept final { future_ = Ref(&future); }
    void attach(FutureBase& future, ContextSlot context);
    void detach() noexcept;
    /// Whether the future exists and is pending.
    bool waits() const noexcept { return linked() && !future_; }

protected:
    virtual void call(const Ref<FutureBase>& future) = 0;
    /// Destroys the function and everything that it owns: it is called at most once.
    virtual void forget() noexcept = 0;

private:
    Ref<FutureBase> future_; // set once it is done: before that, the future owns its callbacks
    ContextSlot context_;
};

template <class F> class DoneCallbackWith final : public DoneCallback, public Pooled {
public:
    explicit DoneCallbackWith(F function) : function_(std::move(function)) {}

    FutureBase* awaiter() noexcept override {
        if constexpr (requires(const F& function) { function.awaiter(); })
            return function_ ? function_->awaiter() : nullptr;
        else
            return nullptr;
    }

private:
    void call(const Ref<FutureBase>& future) override {
        (*function_)(future); // NOLINT(bugprone-unchecked-optional-access): reset only after the call
    }
    void forget() noexcept override { function_.reset(); }
    std::optional<F> function_;
};

/// Calls `function` in `context` when the future is done. A function object's member awaiter(), if it has
/// one, returns the waiter that this callback stands for.
template <class F>
Ref<DoneCallback> on_done(FutureBase& future, F function, ContextSlot context = inherit_context()) {
    Ref<DoneCallback> callback(new DoneCallbackWith<F>(std::move(function)));
    callback->attach(future, std::move(context));
    return callback;
}

} // namespace detail
} // namespace asyncio
