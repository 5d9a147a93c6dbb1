#pragma once

#include <asyncio/coro.hpp>
#include <asyncio/detail/join_future.hpp>
#include <asyncio/detail/ref.hpp>
#include <asyncio/task.hpp>

#include <exception>
#include <list>
#include <optional>
#include <vector>

namespace asyncio::detail {

/// The part of a TaskGroup that its members' callbacks own.
class TaskGroupState final : public RefCounted, public JoinSource {
public:
    void require_open() const;
    void enter();
    void add(const AnyTask& task);
    void cancel();
    /// Waits for the members, then raises the errors, if any. `error` is the body's; returns whether it comes
    /// from cancel().
    static Coro<bool> exit(Ref<TaskGroupState> self, std::exception_ptr error);

    std::vector<AnyFuture> pending() const override;

private:
    struct MemberDone;
    void abort();
    void cancel_parent();
    using Members = std::list<Ref<TaskBase>>;
    void member_done(Members::iterator position);
    Coro<> wait_for_members(std::exception_ptr& cancellation);

    Members members_; // those not done, in order of creation
    std::vector<std::exception_ptr> errors_;
    std::exception_ptr interrupt_; // the first KeyboardInterrupt
    std::optional<Future<>> all_done_;
    Ref<TaskBase> parent_;
    bool entered_ = false;
    bool cancel_on_entry_ = false;
    bool exiting_ = false;
    bool aborting_ = false;
    bool parent_cancel_requested_ = false;
};

} // namespace asyncio::detail
