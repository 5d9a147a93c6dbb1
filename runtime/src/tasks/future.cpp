#include <asyncio/await_graph.hpp>
#include <asyncio/detail/repr.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/future.hpp>

#include <algorithm>
#include <utility>

namespace asyncio {

const char* to_string(FutureState state) noexcept {
    switch (state) {
    case FutureState::pending: return "pending";
    case FutureState::cancelled: return "cancelled";
    case FutureState::finished: return "finished";
    }
    std::unreachable();
}

std::size_t AnyFuture::remove_done_callback(DoneCallbackId& id) const {
    const bool waits = !done() && id.callback_ && id.callback_->linked();
    if (waits) id.callback_->detach();
    id.callback_ = nullptr;
    return waits ? 1 : 0;
}

std::strong_ordering AnyFuture::operator<=>(const AnyFuture& other) const {
    detail::FutureBase* const mine = future_.ref().get();
    detail::FutureBase* const theirs = other.future_.ref().get();
    const auto number = [](detail::FutureBase& future) {
        const detail::TaskBase* task = future.as_task();
        return task != nullptr ? task->id() : 0;
    };
    if (const auto order = number(*mine) <=> number(*theirs); order != 0) return order;
    return std::compare_three_way()(mine, theirs);
}

namespace detail {

FutureBase::~FutureBase() {
    report_if_never_retrieved();
    drop_callbacks();
}

void FutureBase::drop_callbacks() noexcept {
    while (!callbacks_.empty()) callbacks_.pop_front().drop();
}

bool FutureBase::cancel(const std::string* message) { return finish_cancelled(message); }

void FutureBase::throw_cancelled_error() {
    if (error_) std::rethrow_exception(error_.take());
    throw CancelledError(cancel_message());
}

std::exception_ptr FutureBase::take_cancelled_error() {
    if (cancelled() && error_) return error_.take();
    return std::make_exception_ptr(CancelledError(cancel_message()));
}

std::exception_ptr FutureBase::take_error() {
    if (cancelled()) return take_cancelled_error();
    report_unretrieved_ = false;
    return error_.get();
}

void FutureBase::set_exception(std::exception_ptr error) {
    if (as_task() != nullptr)
        throw RuntimeError("set_exception() on a task: a task's exception is what its coroutine throws");
    require_pending();
    if (!error) throw ValueError("set_exception() needs an exception: the pointer given is null");
    finish_with_error(std::move(error));
}

std::exception_ptr FutureBase::exception() {
    if (cancelled()) throw_cancelled_error();
    if (!done()) throw InvalidStateError("exception() of a future that is not done: await it first");
    report_unretrieved_ = false;
    return error_.get();
}

void FutureBase::rethrow_if_failed() {
    if (state_ == FutureState::finished && !error_) return;
    if (cancelled()) throw_cancelled_error();
    if (!done()) throw InvalidStateError("result() of a future that is not done: await it first");
    report_unretrieved_ = false;
    std::rethrow_exception(error_.get());
}

void FutureBase::add_callback(Callback& callback) {
    callbacks_.push_back(callback);
    if (done()) schedule_callbacks();
}

AwaitedThing FutureBase::awaited_thing() {
    const AnyFuture self{Ref(this)};
    return {.kind = AwaitedKind::future, .identity = this, .futures = {self}};
}

std::vector<Ref<FutureBase>> FutureBase::awaited_by() {
    std::vector<Ref<FutureBase>> awaiters;
    const auto add = [&](const Ref<FutureBase>& awaiter) {
        if (!std::ranges::contains(awaiters, awaiter)) awaiters.push_back(awaiter);
    };
    for (Callback& callback : callbacks_) {
        FutureBase* awaiter = callback.awaiter();
        if (awaiter == nullptr) continue;
        if (awaiter->stands_for_others())
            std::ranges::for_each(awaiter->awaited_by(), add);
        else
            add(Ref(awaiter));
    }
    return awaiters;
}

void FutureBase::discard_note(const FutureBase& awaiter) noexcept {
    for (Callback& callback : callbacks_) {
        auto* note = dynamic_cast<AwaitedByNote*>(&callback);
        if (note == nullptr || note->awaiter() != &awaiter) continue;
        note->drop();
        return;
    }
}

void FutureBase::require_pending() const {
    if (done())
        throw InvalidStateError(std::string("the future is already ") + to_string(state_) +
                                ": a result or an exception can be set only once (check done() first)");
}

void FutureBase::set_cancel_message(const std::string* message) {
    cancel_message_ = message != nullptr ? std::make_unique<std::string>(*message) : nullptr;
}

bool FutureBase::finish_cancelled(const std::string* message, std::exception_ptr raised) {
    report_unretrieved_ = false;
    if (done()) return false;
    set_cancel_message(message);
    error_.set(std::move(raised));
    state_ = FutureState::cancelled;
    schedule_callbacks();
    return true;
}

void FutureBase::finish_with_result() {
    state_ = FutureState::finished;
    schedule_callbacks();
}

void FutureBase::finish_with_error(std::exception_ptr error) {
    error_.set(std::move(error));
    state_ = FutureState::finished;
    report_unretrieved_ = true;
    schedule_callbacks();
}

void FutureBase::schedule_callbacks() {
    if (callbacks_.empty()) return;
    // Without its loop, nothing can call them. The running loop exists, so only others are checked.
    if (loop_ != running_loop && !is_alive(*loop_)) {
        drop_callbacks();
        return;
    }
    while (!callbacks_.empty()) {
        Callback& callback = callbacks_.pop_front();
        callback.made_ready_by(*this);
        loop_->make_ready(callback);
    }
}

void FutureBase::report_never_retrieved() noexcept {
    report_unretrieved_ = false;
    // NOLINTBEGIN(clang-analyzer-optin.cplusplus.VirtualCall): derived destructors call this first
    const bool is_task = as_task() != nullptr;
    const ExceptionContext context{.message = is_task ? "Task exception was never retrieved"
                                                      : "Future exception was never retrieved",
                                   .exception = error_.get(),
                                   .source = repr(*this)};
    // NOLINTEND(clang-analyzer-optin.cplusplus.VirtualCall)
    if (is_alive(*loop_))
        loop_->call_exception_handler(context);
    else
        print_context(context);
}

void DoneCallback::attach(FutureBase& future, ContextSlot context) {
    context_ = std::move(context);
    retain();
    future.add_callback(*this);
}

void DoneCallback::detach() noexcept {
    if (!linked()) return;
    unlink();
    drop();
}

void DoneCallback::run() {
    const Ref<DoneCallback> self(this);
    release();
    const Ref<FutureBase> future = std::exchange(future_, nullptr);
    const ContextScope scope(context_);
    try {
        call(future);
    } catch (const KeyboardInterrupt&) {
        throw;
    } catch (...) {
        future->loop().call_exception_handler({.message = "Exception in a done callback",
                                               .exception = std::current_exception(),
                                               .source = "of " + repr(*future)});
    }
    forget();
}

void DoneCallback::drop() noexcept {
    const Ref<DoneCallback> self(this);
    release();
    future_ = nullptr;
    forget();
}

void FutureWait::suspend(FutureBase& future, std::coroutine_handle<> caller) {
    task_ = &require_current_task();
    task_->wait_for(future, caller);
}

void FutureWait::throw_if_stopped(TaskBase& task, FutureBase& future) {
    if (future.as_task() == &task && !future.done()) {
        task.throw_if_must_cancel();
        throw RuntimeError("task '" + task.name() + "' cannot await itself: await it from another task");
    }
    if (!task.must_cancel()) return;
    // A cancel that came from the future is the one that is raised.
    const std::exception_ptr error = future.take_error();
    if (is<CancelledError>(error)) {
        task.forget_cancel();
        std::rethrow_exception(error);
    }
    task.throw_if_must_cancel();
}

} // namespace detail
} // namespace asyncio
