#include <asyncio/detail/error_of.hpp>
#include <asyncio/event_loop.hpp>
#include <asyncio/exception_group.hpp>
#include <asyncio/task_group.hpp>

#include <utility>

namespace asyncio {

void TaskGroup::raise_without_value() {
    throw RuntimeError("this TaskGroup was cancelled before its body returned a value: store results outside "
                       "of the body instead");
}

namespace detail {

struct TaskGroupState::MemberDone {
    Ref<TaskGroupState> group;
    Members::iterator position;
    FutureBase* awaiter() const noexcept { return group->parent_.get(); }
    void operator()(const Ref<FutureBase>&) const { group->member_done(position); }
};

void TaskGroupState::require_open() const {
    if (!entered_)
        throw RuntimeError(
            "create_task() of a TaskGroup that has not been entered: use it inside async_with()");
    if (exiting_ && members_.empty())
        throw RuntimeError("create_task() of a TaskGroup that is finished: create a new group");
    if (aborting_)
        throw RuntimeError("create_task() of a TaskGroup that is shutting down: one of its tasks or its body "
                           "failed, or it was cancelled");
}

void TaskGroupState::enter() {
    if (entered_) throw RuntimeError("this TaskGroup has already been entered: create a new one");
    parent_ = Ref(&require_current_task());
    entered_ = true;
    if (cancel_on_entry_) cancel();
}

void TaskGroupState::cancel() {
    if (!entered_) {
        cancel_on_entry_ = true;
        return;
    }
    if (!parent_ || (exiting_ && members_.empty())) return;
    if (!aborting_) abort();
    if (!parent_cancel_requested_) cancel_parent();
}

void TaskGroupState::add(const AnyTask& task) {
    const auto position = members_.emplace(members_.end(), task.ref()->as_task());
    on_done(*task.ref(), MemberDone{.group = Ref(this), .position = position});
}

std::vector<AnyFuture> TaskGroupState::pending() const {
    std::vector<AnyFuture> pending;
    for (const Ref<TaskBase>& member : members_) pending.emplace_back(member);
    return pending;
}

Coro<bool> TaskGroupState::exit(Ref<TaskGroupState> self, std::exception_ptr error) {
    self->exiting_ = true;
    if (!self->interrupt_ && is<KeyboardInterrupt>(error)) self->interrupt_ = error;
    const bool cancelled = is<CancelledError>(error);
    std::exception_ptr cancellation = cancelled ? error : nullptr;
    if (error && !self->aborting_) self->abort();
    co_await self->wait_for_members(cancellation);

    const Ref<TaskBase> parent = std::exchange(self->parent_, nullptr);
    if (self->interrupt_) std::rethrow_exception(std::exchange(self->interrupt_, nullptr));
    if (self->parent_cancel_requested_) {
        // The group's own cancel of the parent ends here; any remaining request came from elsewhere.
        if (parent->uncancel() == 0)
            cancellation = nullptr;
        else if (!cancellation)
            cancellation = std::make_exception_ptr(CancelledError());
    }
    std::vector<std::exception_ptr> errors = std::exchange(self->errors_, {});
    if (cancellation && errors.empty()) std::rethrow_exception(cancellation);
    if (error && !cancelled) errors.push_back(error);
    // Nothing is left to raise, so a cancel of the body is the group's own.
    if (errors.empty()) co_return true;
    if (parent->cancelling() > 0) {
        // The group's errors are raised instead of the cancel, which is deferred to the next await.
        parent->uncancel();
        parent->cancel();
    }
    throw ExceptionGroup("unhandled errors in a TaskGroup", std::move(errors));
}

Coro<> TaskGroupState::wait_for_members(std::exception_ptr& cancellation) {
    while (!members_.empty()) {
        all_done_.emplace(
            Ref<FutureBase>(new JoinFuture(get_running_loop(), AwaitedKind::task_group, *this)));
        const std::exception_ptr error = co_await error_of(*all_done_); // can only be a cancel
        if (error && !aborting_) {
            cancellation = error;
            abort();
        }
        all_done_.reset();
    }
}

void TaskGroupState::abort() {
    aborting_ = true;
    for (const Ref<TaskBase>& member : members_) member->cancel();
}

void TaskGroupState::cancel_parent() {
    parent_cancel_requested_ = true;
    parent_->cancel();
}

void TaskGroupState::member_done(Members::iterator position) {
    const Ref<TaskBase> member = std::move(*position);
    members_.erase(position);
    if (all_done_ && members_.empty() && !all_done_->done()) all_done_->set_result();
    if (member->cancelled()) return;
    const std::exception_ptr error = member->exception();
    if (!error) return;
    errors_.push_back(error);
    if (!interrupt_ && is<KeyboardInterrupt>(error)) interrupt_ = error;
    if (!parent_ || parent_->done()) {
        member->loop().call_exception_handler(
            {.message = "a member of a TaskGroup failed after its parent task ended",
             .exception = error,
             .source = member->describe_source()});
        return;
    }
    if (!aborting_ && !parent_cancel_requested_) {
        abort();
        cancel_parent();
    }
}

} // namespace detail
} // namespace asyncio
