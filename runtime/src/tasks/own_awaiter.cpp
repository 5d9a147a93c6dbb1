#include <asyncio/detail/inbox.hpp>
#include <asyncio/detail/intrusive_list.hpp>
#include <asyncio/detail/own_awaiter.hpp>
#include <asyncio/detail/task_base.hpp>
#include <asyncio/event_loop.hpp>

#include <exception>
#include <memory>
#include <mutex>

namespace asyncio::detail {
namespace {

/// The handles that programs hold and have not resumed. They may be resumed long after their task and loop
/// have been destroyed, on any thread; so a handle that is never resumed is kept, and is not a leak.
class HeldHandle : public ListNode {
public:
    HeldHandle() {
        const std::scoped_lock lock(mutex());
        all().push_back(*this);
    }
    HeldHandle(const HeldHandle&) = delete;
    HeldHandle& operator=(const HeldHandle&) = delete;
    ~HeldHandle() {
        const std::scoped_lock lock(mutex());
        unlink();
    }

private:
    // Never destroyed: a thread may resume while the program ends.
    static std::mutex& mutex() {
        static auto& only = *new std::mutex;
        return only;
    }
    static IntrusiveList<HeldHandle>& all() {
        static auto& list = *new IntrusiveList<HeldHandle>;
        return list;
    }
};

/// A self-destroying coroutine: the handle that a program holds and resumes.
struct Resumption {
    struct promise_type : HeldHandle {
        Resumption get_return_object() {
            return {.handle = std::coroutine_handle<promise_type>::from_promise(*this)};
        }
        std::suspend_always initial_suspend() const noexcept { return {}; }
        std::suspend_never final_suspend() const noexcept { return {}; }
        void return_void() const noexcept {}
        void unhandled_exception() const noexcept { std::terminate(); } // nothing in it raises
    };
    std::coroutine_handle<> handle;
};

/// `number` is the one that the task's loop expects; after the task has been destroyed, it is no longer
/// expected.
Resumption resume_once(TaskBase* task, std::coroutine_handle<> caller, std::shared_ptr<Inbox> inbox,
                       std::uint64_t number) {
    EventLoop* const loop = running_loop;
    if (loop == nullptr || loop->inbox() != inbox) {
        notify(inbox, number);
        co_return;
    }
    if (!loop->expects(number)) co_return;
    const Ref<TaskBase> kept(task);
    loop->expect_no_more(number);
    if (running_task == task) {
        caller.resume(); // in the task's own step: by an awaiter of the library inside the program's
        co_return;
    }
    task->resume_soon();
    // The caller may be JavaScript, while the loop waits.
    if (running_task == nullptr) loop->backend().wake();
}

} // namespace

std::coroutine_handle<> OwnSuspension::begin(std::coroutine_handle<> caller) {
    task_ = &require_current_task();
    EventLoop& loop = task_->loop();
    number_ = loop.expect([task = Ref<TaskBase>(task_)] { task->resume_soon(); }, true);
    task_->suspend(caller);
    inbox_ = loop.inbox();
    given_ = resume_once(task_, caller, inbox_, number_).handle;
    return given_;
}

void OwnSuspension::take_back() noexcept {
    forget();
    task_->go_on();
    task_ = nullptr;
    given_.destroy();
}

void OwnSuspension::forget() noexcept {
    if (task_ != nullptr && !inbox_->closed()) task_->loop().expect_no_more(number_);
}

void OwnSuspension::throw_if_cancelled() {
    if (task_ != nullptr) task_->throw_if_must_cancel();
}

} // namespace asyncio::detail
