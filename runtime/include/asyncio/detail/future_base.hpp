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

/// get_running_loop(), for what event_loop.hpp itself is made of.
EventLoop& loop_of_new_future();

class TaskBase;

/// What every future shares, whatever its result: its state, its error, who waits for it.
/// Completing a future never runs a waiter: it moves the callbacks to the loop's ready queue.
class FutureBase : public RefCounted {
public:
    explicit FutureBase(EventLoop& loop) noexcept : loop_(&loop) {}
    ~FutureBase() override;

    EventLoop& loop() const noexcept { return *loop_; }
    FutureState state() const noexcept { return state_; }
    bool done() const noexcept { return state_ != FutureState::pending; }
    bool cancelled() const noexcept { return state_ == FutureState::cancelled; }

    /// Asks for cancellation; false when already done. A task passes it on to what it awaits.
    virtual bool cancel(const std::string* message = nullptr);

    /// Raises InvalidStateError when done already.
    void require_pending() const;
    /// Completes it with what its result slot holds. Only while pending.
    void finish_with_result();
    void set_exception(std::exception_ptr error);

    /// The error, null for a result. Raises CancelledError or InvalidStateError as Python does.
    std::exception_ptr exception();

    /// Raises what awaiting this done future raises, if anything.
    void rethrow_if_failed();

    /// Appends to the callbacks, or makes `callback` ready at once when the future is done.
    void add_callback(Callback& callback);

    /// A CancelledError; of a cancelled task, to the first who asks, the very one that ended it.
    std::exception_ptr take_cancelled_error();
    /// The same, or the error of a future that failed, or null.
    std::exception_ptr take_error();

    /// The text given to cancel(), empty when none was.
    std::string cancel_message() const { return cancel_message_ ? *cancel_message_ : std::string(); }

    /// The error will not be reported as "never retrieved".
    void mark_retrieved() noexcept { report_unretrieved_ = false; }
    /// Whether it would be, if the future went now.
    bool never_retrieved() const noexcept { return report_unretrieved_; }

    /// Marks it as met, until unmark(), by who goes over a range that may name it twice; false when
    /// it was met before.
    bool mark() noexcept { return !std::exchange(marked_, true); }
    void unmark() noexcept { marked_ = false; }

    /// Where the ResultSlot<T> of this future is.
    virtual void* result_slot() noexcept { return nullptr; }

    /// In words, for reports: "task 'Task-1' (fetch at main.cpp:7)".
    virtual std::string describe_source() const { return "a Future"; }

    /// The same as data, for a task that waits for it.
    virtual AwaitedThing awaited_thing();

    /// Whether who waits for this future waits in truth for those behind it, as with gather().
    virtual bool stands_for_others() const noexcept { return false; }

    /// What gives turns in the order of asking, of a place in such a queue: those that it woke in one
    /// turn go on in that order. Else null.
    virtual const void* turns_given_by() const noexcept { return nullptr; }

    /// Those that wait for it, each once, in the order in which they came.
    std::vector<Ref<FutureBase>> awaited_by();
    /// Takes an AwaitedByNote back.
    void discard_note(const FutureBase& awaiter) noexcept;

    /// The first of its callbacks that is a C, while it is pending; null when none is.
    template <class C> C* find_callback() noexcept {
        for (Callback& callback : callbacks_)
            if (auto* found = dynamic_cast<C*>(&callback)) return found;
        return nullptr;
    }

    /// Not a task: null.
    virtual TaskBase* as_task() noexcept { return nullptr; }

protected:
    void drop_callbacks() noexcept;
    /// For destructors: the last moment at which it is known what kind of future this is.
    void report_if_never_retrieved() noexcept;
    void set_cancel_message(const std::string* message);
    bool finish_cancelled(const std::string* message, std::exception_ptr raised = nullptr);
    void finish_with_error(std::exception_ptr error);

private:
    void schedule_callbacks();
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

/// A future without a result that lives inside an awaiter, for the length of one wait.
class Waiter : public FutureBase {
public:
    explicit Waiter(EventLoop& loop) noexcept : FutureBase(loop) {}
    void wake() {
        if (!done()) finish_with_result();
    }
    // Nobody may hold a reference to it: the frame it lives in ends when it likes.
    AwaitedThing awaited_thing() override = 0;
};

/// A note in a future's callbacks that somebody waits for it: there is nothing to call. It owns
/// itself.
class AwaitedByNote final : public Callback {
public:
    explicit AwaitedByNote(Ref<FutureBase> awaiter) noexcept : awaiter_(std::move(awaiter)) {}
    void run() override { delete this; }
    void drop() noexcept override { delete this; }
    FutureBase* awaiter() noexcept override { return awaiter_.get(); }

private:
    Ref<FutureBase> awaiter_;
};

/// A function to be called, with the future as its argument, when the future is done.
class DoneCallback : public RefCounted, public Callback {
public:
    void run() final;
    void drop() noexcept final;
    void made_ready_by(FutureBase& future) noexcept final { future_ = Ref(&future); }
    void attach(FutureBase& future, ContextSlot context);
    void detach() noexcept;
    /// Whether the future is there and still pending.
    bool waits() const noexcept { return linked() && !future_; }

protected:
    virtual void call(const Ref<FutureBase>& future) = 0;
    /// Lets go of the function, and so of what it holds: it is called once or never.
    virtual void forget() noexcept = 0;

private:
    Ref<FutureBase> future_; // from when it is done: before, the future holds its callbacks
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
        (*function_)(future); // NOLINT(bugprone-unchecked-optional-access): forgotten after the call only
    }
    void forget() noexcept override { function_.reset(); }
    std::optional<F> function_;
};

/// Calls `function` in `context` when the future is done. A function object with a member awaiter()
/// tells by it who waits for the future by means of this callback.
template <class F>
Ref<DoneCallback> on_done(FutureBase& future, F function, ContextSlot context = inherit_context()) {
    Ref<DoneCallback> callback(new DoneCallbackWith<F>(std::move(function)));
    callback->attach(future, std::move(context));
    return callback;
}

} // namespace detail
} // namespace asyncio
